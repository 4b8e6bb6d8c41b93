"""Surveys: questions to many people, by open link, personal link, or through an interviewer.

    writing     the questions, opening and closing, personal links
    answering   one answer, by whichever way it comes
    counting    what was answered, and which groups are too small to be shown
    reading     how screens see it
    sheet  document     the report as Excel and as Word

Changes are officers' deeds and stand in the journal of the office; an answer is a row of its own.
"""
