"""The rules of an assembly, in rows and verbs, free of sockets and frameworks.

A verb is an async function: it takes a database session, who acts and the time, changes rows, appends one
event to the meeting's log and returns that event. The caller commits (`Database.writing`), then sends it.

    settings  db  models  migrations/   where rows live
    times  ids  text                    what rows are made of
    permissions  states                 the two tables: who may do what, and when
    acting  events  commands            how a verb begins, is logged, and happens once
    organization                        units, people, accounts
    meetings  views                     a meeting, its participants, and how screens see it
    invitations  sessions  lobby        a link, the session it becomes, and the door for those without one
    attendance  agenda  floor  chat     what happens in the hall
    votes  documents                    questions put to the vote, and papers
    errors                              the tree
"""
