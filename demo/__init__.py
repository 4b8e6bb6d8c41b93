"""The demonstration: a made-up province, its delegates, and the pictures and voices that some of them send.

`province` fills a database with a conference in session.
`bots` are delegates that join it like everybody else; what they send is drawn by `portrait` and `lettering`,
spoken by `voice`, and encoded once by `media`.
Nobody here is a real person and no place a real place.
"""
