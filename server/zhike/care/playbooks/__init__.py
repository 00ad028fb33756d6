"""Plans that are used again and again (跟进计划): what they are, and their runs (R29)."""
