"""Rules that follow from the policy and the calendar, as pure functions of what they are given."""
