"""What is asked over plain HTTP: coming in, the pages, health."""
