"""A stranger's file in, page images and text out, in a process of its own.

The service starts one such process for each file and believes nothing that it says but the shape of its answer.
The process has no other files, no network, little memory, little time, and none of our secrets.
Nothing of ours is imported here.

    control            the answer: pages or what is wrong with the file
    kinds              what a file is, by its content
    office  pictures   what turns Office files and pictures into PDF
    album              a PDF written picture by picture
    harmless           a PDF without scripts, launches and embedded files
    pages              images and text of each page
    confine            what the process gives up before it opens the file
    landlock  seccomp  how the kernel is told: no other files, nobody to talk to
    pack               several papers as one, a program of its own
    errors             the tree
"""
