"""Consultation before signature: a draft goes to units, and is signed when none of them was passed over.

    acting      how every verb begins
    drafting    from a draft to the question: create, add a version, ask, move the deadline, withdraw
    opinions    what units say, and what the leading unit makes of it
    gate        what is still missing before it can be signed
    signing     opening every opinion, and the signature
    reading     how screens see it
    reminding   mail to units that are asked, and to those that are silent

A consultation has a log of its own (`events.CONSULTATIONS`); its actors are accounts of the office.
"""
