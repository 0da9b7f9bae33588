// Reads a calendar from standard input with Mozilla's parser, and prints what it understood as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
// The zone of the file itself decides the hours, and no other that the parser may know by this name.
const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
const instant = (time) => {
  if (time.zone.tzid !== zone.tzid) throw new Error(`a time in the zone ${time.zone.tzid}`);
  time.zone = zone;
  return time.toJSDate().toISOString();
};
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    begins: instant(event.startDate),
    ends: instant(event.endDate),
    alarms: component.getAllSubcomponents("valarm").length,
  };
});
const name = calendar.getFirstPropertyValue("x-wr-calname");
process.stdout.write(JSON.stringify({ name, method: calendar.getFirstPropertyValue("method"), events }));
