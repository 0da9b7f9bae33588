"""What `other_policies` makes clauses of: fifteen policies that a school has beside the one on social media."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """Matters a policy is about, and acts that go with every one of them."""

    title: str
    matters: tuple[str, ...]
    acts: tuple[str, ...]


WHO = (
    "the attendance officer", "the bursar", "the caretaker", "the catering manager", "the chair of governors",
    "the class teacher", "the cover supervisor", "the examinations officer", "the first aider", "the form tutor",
    "the governing board", "the head of year", "the HR officer", "the IT technician", "the librarian",
    "the lunchtime supervisor", "the office manager", "the premises manager", "the SENCO", "the school nurse",
    "the subject leader", "the trip leader", "the visiting contractor", "every member of staff", "each parent",
)  # fmt: skip

TIMES = (
    "on the same day", "before the end of the next school day", "within three school days",
    "within five working days", "within ten working days", "by the end of the week", "before the half-term break",
    "at the start of each term", "at the end of each term", "once a year", "twice a year", "every September",
    "in the first week of term", "before work begins", "as soon as it is known", "in writing", "by telephone",
    "in person", "with a colleague present", "on the form kept in the office", "in the log that the office keeps",
    "without being asked", "at the next meeting", "before the register closes", "after the budget is agreed",
)  # fmt: skip

WHEN = (
    "Where the pupil is under five, ", "Where the pupil is in the sixth form, ", "In an emergency, ",
    "During the holidays, ", "Outside school hours, ", "Where the cost is over £500, ", "Where a parent objects, ",
    "If the post is vacant, ", "If the weather is severe, ", "If the building is closed, ",
    "Where an agency supplies the worker, ", "On the first occasion, ", "On a second occasion, ",
    "After a third occasion, ", "Where a care plan is in place, ", "Where the insurer asks for it, ",
    "While an inspection is under way, ", "Where both sites are affected, ", "If the contract says so, ",
    "Unless the board has agreed otherwise, ",
)  # fmt: skip

REASONS = (
    " so that the record is complete", " so that costs can be planned", " so that nobody is left without cover",
    " because the insurer requires it", " because the law requires it", " to keep the site safe",
    " to be fair to all families", " to be fair to all staff", " so that the auditors can follow it",
    " so that governors can see the pattern", " and keep a copy for six years", " and tell the office",
    " and sign the entry", " and note who was told", " and give the reason", " unless it was done the term before",
    " and ask for advice where in doubt", " at no charge to the family", " as the annual plan sets out",
    " with regard to the budget",
)  # fmt: skip

POLICIES = (
    Policy(
        "Attendance",
        ("an unexplained absence", "a late arrival", "a medical appointment", "leave in term time",
         "a religious observance", "an absence of more than three days", "persistent absence",
         "a part-time timetable", "early collection", "study leave"),
        ("record {} in the register", "tell the local authority of {}", "ask the family the reason for {}",
         "authorise {}", "write home about {}", "keep the evidence for {}", "discuss {} at the attendance meeting",
         "count {} as an absence", "review {} with the pupil", "refuse {}"),
    ),
    Policy(
        "Uniform and appearance",
        ("a school blazer", "a pair of trainers", "a second-hand jumper", "a nose stud", "a summer dress",
         "a PE kit", "a headscarf", "a winter coat", "a lanyard", "a pair of black shoes"),
        ("lend {} to a pupil", "sell {} at cost", "ask for {} to be taken off", "allow {} to be worn",
         "label {} with a name", "pay for {} from the hardship fund", "replace {} that is lost",
         "choose another supplier of {}", "keep {} in lost property", "describe {} in the prospectus"),
    ),
    Policy(
        "Finance",
        ("a purchase order", "a petty cash claim", "a supplier's invoice", "a mileage claim", "a charity collection",
         "a corporate card", "a gift from a supplier", "an unpaid dinner debt", "a tender", "a virement"),
        ("approve {}", "query {}", "enter {} in the ledger", "countersign {}", "report {} to the finance committee",
         "hold {} in the safe", "match {} to the budget", "refuse {}", "publish a summary of {}",
         "have {} audited"),
    ),
    Policy(
        "Lettings",
        ("the sports hall", "the main hall", "the swimming pool", "the dance studio", "the kitchen",
         "the playing field", "a classroom", "the car park", "the minibus", "the stage lighting"),
        ("let {} to a club", "inspect {} after a hire", "charge a deposit for {}", "lock {} after a hire",
         "refuse the hire of {}", "insure {} for hirers", "show hirers the fire exits of {}", "clean {} before a hire",
         "cancel a booking of {}", "set the hourly rate of {}"),
    ),
    Policy(
        "Health and safety",
        ("a trailing cable", "a broken stair rail", "a chemical spill", "a near miss", "a faulty plug", "a wet floor",
         "a ladder", "a fire door", "a kiln", "an asbestos sample"),
        ("report {} to the premises team", "cordon off the area around {}", "assess the risk of {}",
         "check {} for damage", "photograph {} for the accident book", "take {} out of use", "repair {}",
         "train staff to deal with {}", "label {} with a warning", "tell the safety committee about {}"),
    ),
    Policy(
        "IT equipment and networks",
        ("a staff laptop", "a shared printer", "a projector", "a server backup", "a software licence",
         "a network cabinet", "a door entry system", "a telephone handset", "a spare charger", "a USB stick"),
        ("order {}", "log a fault with {}", "encrypt {}", "return {} on leaving", "dispose of {}", "update {}",
         "lend {} for a lesson", "keep an inventory entry for {}", "lock away {}", "test {}"),
    ),
    Policy(
        "Recruitment and staffing",
        ("a written reference", "a medical questionnaire", "a change of hours", "a probation review",
         "a request for unpaid leave", "an exit interview", "a job description", "a sickness certificate",
         "a phased return", "a secondment"),
        ("ask for {}", "agree {}", "file {} in the personnel record", "put off {}", "explain {} to the applicant",
         "sign {}", "decline {}", "send {} to payroll", "review {}", "discuss {} with the union"),
    ),
    Policy(
        "Behaviour",
        ("a lunchtime detention", "a fixed-term suspension", "a merit award", "a behaviour contract",
         "a fight in the corridor", "a broken window", "rudeness to a visitor", "a restorative meeting",
         "a seating plan", "truancy from a lesson"),
        ("set up a meeting about {}", "enter {} in the behaviour log", "tell the family of {}", "review {}",
         "reconsider {} on appeal", "refer {} to the head of year", "explain {} to the class",
         "follow up {} with the pupil", "report {} to governors", "avoid a repetition of {}"),
    ),
    Policy(
        "Special educational needs",
        ("an education, health and care plan", "a sensory break", "a reading intervention", "a hearing assessment",
         "a teaching assistant's timetable", "an annual review", "a speech therapy visit", "a coloured overlay",
         "a laptop for written work", "a transition plan"),
        ("arrange {}", "pay for {}", "review {} with the family", "share {} with the next school", "monitor {}",
         "ask the local authority about {}", "record {} in the support plan", "adapt {}", "end {}", "explain {}"),
    ),
    Policy(
        "Trips and visits",
        ("a coach journey", "an overnight stay", "a museum visit", "a river study", "a ski trip", "a packed lunch",
         "a passport check", "a swimming session", "a theatre evening", "a farm visit"),
        ("assess the risks of {}", "collect payments for {}", "cancel {}", "staff {}", "book {}",
         "carry the medicines needed for {}", "count pupils during {}", "insure {}", "brief volunteers about {}",
         "evaluate {}"),
    ),
    Policy(
        "Examinations and assessment",
        ("a mock examination", "a coursework deadline", "an access arrangement", "a re-mark request", "a spelling test",
         "a late script", "a seating plan for the hall", "a predicted grade", "a practical assessment",
         "a certificate"),
        ("schedule {}", "moderate {}", "store {} securely", "explain {} to candidates", "charge for {}", "extend {}",
         "record {}", "appeal against {}", "report {} to the awarding body", "supervise {}"),
    ),
    Policy(
        "Medicines and first aid",
        ("an inhaler", "an adrenaline pen", "a dose of paracetamol", "a head bump", "a nosebleed", "a care plan",
         "a course of antibiotics", "a bee sting", "a sprained ankle", "a refrigerated medicine"),
        ("write down {} in the medical book", "keep the instructions for {}", "tell the family about {}",
         "hand {} over to the nurse", "check the details of {}", "deal with {} on a trip", "refuse to deal with {}",
         "train volunteers for {}", "review the procedure for {}", "take {} into account at lunchtime"),
    ),
    Policy(
        "Catering and school meals",
        ("a free school meal", "a nut allergy", "a halal option", "a vegetarian menu", "a birthday cake",
         "a fridge temperature", "a breakfast club place", "a dinner queue", "a water bottle", "a kitchen inspection"),
        ("plan for {}", "record {}", "ask families about {}", "pay for {}", "display a notice about {}",
         "change the arrangements for {}", "tell the cook about {}", "monitor {}", "budget for {}", "review {}"),
    ),
    Policy(
        "Admissions",
        ("a waiting list", "a late application", "a sibling place", "a catchment map", "an appeal hearing",
         "a deferred start", "an in-year transfer", "a proof of address", "an open morning", "a nursery place"),
        ("publish {}", "check {}", "consider {}", "explain {} to applicants", "keep a record of {}", "reject {}",
         "confirm {} by letter", "reorder {}", "consult on {}", "pass {} to the local authority"),
    ),
    Policy(
        "Premises and environment",
        ("a boiler service", "a recycling bin", "a hedge cutting", "a gritting round", "a window repair",
         "a solar panel", "a bicycle rack", "a water sample", "a key fob", "a delivery bay"),
        ("arrange {}", "pay for {}", "inspect {}", "put off {}", "keep the certificate for {}", "report on {}",
         "obtain three quotations for {}", "oversee {}", "fence off the space for {}", "replace or repeat {}"),
    ),
)  # fmt: skip
