"""Notices: what people are told, once each, on the screen and by the channels they wished for."""

from zhike.trail.notices.kinds import KINDS

__all__ = ["KINDS"]
