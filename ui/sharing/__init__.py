"""영상제공: what is shared with whom, at the centre and in the room that receives it."""
