"""Passing a camera on to a receiver: one port, two engines (`gst_engine`, `mediamtx`)."""
