"""The commands of `tenkyo`, one file a group; heavy packages are imported inside the functions."""
