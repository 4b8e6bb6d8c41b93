"""Tests of the signaling service, over real sockets."""
