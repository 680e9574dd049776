"""Whether a folder lies on an encrypted disk, as far as Linux tells without rights."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SYS = Path("/sys")
_MOST = 16
"""Devices that may lie below one another."""


def is_encrypted(folder: Path) -> bool | None:
    """Whether the disk of a folder, or what it lies on, is a dm-crypt device (LUKS). None where that cannot be seen:
    not Linux, no folder, or a file system without a disk of its own, such as a share, a container's or Btrfs."""
    if sys.platform != "linux":
        return None
    try:
        device = folder.stat().st_dev
    except OSError:
        return None
    block = SYS / f"dev/block/{os.major(device)}:{os.minor(device)}"
    return _is_crypt(block.resolve(), _MOST) if block.exists() else None


def _is_crypt(block: Path, deep: int) -> bool:
    """Whether a block device is dm-crypt, or every device that it is made of is, down to `deep` levels."""
    try:
        if (block / "dm/uuid").read_text().startswith("CRYPT-"):
            return True
    except OSError:
        pass
    below = [p.resolve() for p in (block / "slaves").glob("*")]
    if not below and (block / "partition").exists():
        below = [block.parent] if (block.parent / "slaves").is_dir() else []
    return bool(below) and deep > 0 and all(_is_crypt(p, deep - 1) for p in below)
