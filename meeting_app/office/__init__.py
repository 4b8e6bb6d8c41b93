"""The office: what officers do before and after a meeting, signed in with an account.

    sessions     a browser that is signed in
    identities   which account an identity of a provider stands for
    journal      every change once, with who made it
    meetings     the meetings of one's units, and preparing them
    roster       people from a sheet
    memberships  members of a body from a sheet
    seating      delegates of a meeting, and where they sit, from a sheet
    repeating    a new meeting made from an earlier one
    people       finding people of one's units
    accounts     passwords, browsers, and the end of an account

Units, people and accounts themselves are in `meeting_app.organization`.
"""
