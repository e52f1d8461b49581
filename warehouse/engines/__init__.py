"""The two database engines; nothing above this folder speaks to a driver."""
