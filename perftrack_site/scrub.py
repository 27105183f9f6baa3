"""Take secrets and personal data out of snapshots before they are committed; see docs/secrets.md."""

from __future__ import annotations

import hmac
import io
import os
import secrets
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from perftrack_site.build import contracts
from perftrack_site.config.names import harmless
from perftrack_site.errors import ConfigError, Fault, QualityError, SecurityError
from perftrack_site.sources.privacy.leaks import DATA, PACKED, REVOKE, Claims, Finding, find_leaks
from perftrack_site.sources.privacy.scrubbing import Scrubbed, names_somebody, scrub
from perftrack_site.sources.zips import list_members

SECRET_BYTES = 32
FINGERPRINT = ".customer-key"  # in data/, to be committed: which secret made the keys
PURPOSE = b"perftrack: which secret is this"


@dataclass
class Keeper:
    """Gives the secret behind the customer keys when a file first needs it, and says what it did for that."""

    root: Path
    path: Path
    said: list[str] = field(default_factory=list)
    _secret: bytes | None = None

    def secret(self) -> bytes:
        """Read the secret, or make one where this workspace has none yet; raise ConfigError where it is another."""
        if self._secret is None:
            self._secret = self._read()
        return self._secret

    def _read(self) -> bytes:
        mark = self.root / DATA / FINGERPRINT
        known = mark.read_text("ascii", "replace").strip() if mark.is_file() else None
        if not self.path.exists():
            if known:
                right = f"get the one with the fingerprint {known} from a colleague, but not by git"
                raise self._no("is not there", right)
            self._make()
        secret = self.path.read_bytes().strip()
        if len(secret) < SECRET_BYTES:
            raise self._no(f"holds {len(secret)} bytes", f"a secret has at least {SECRET_BYTES}")
        fingerprint = hmac.new(secret, PURPOSE, "sha256").hexdigest()[:16]
        if known is None:
            mark.parent.mkdir(exist_ok=True)
            write_whole(mark, f"{fingerprint}\n".encode())
            self.said.append(f"{DATA}/{FINGERPRINT} says which secret made the keys; commit it.")
        elif known != fingerprint:
            wrong = f"is another secret than the one that made this workspace's keys (fingerprint {known})"
            raise self._no(wrong, "get that one from a colleague, or customers would no longer be recognised")
        return secret

    def _make(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(SECRET_BYTES) + "\n")
        self.said.append(
            f"{harmless(str(self.path))} is new: the secret behind customer keys. Keep a copy in the team's password "
            "store, give it to whoever scrubs, and never commit it."
        )

    def _no(self, wrong: str, right: str) -> ConfigError:
        return ConfigError("Nothing was scrubbed.", (Fault(harmless(str(self.path)), "", wrong, right),))


def default_secret() -> Path:
    """Find where the secret is kept by default: with the user, not with the workspace."""
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "perftrack" / "secret"


@dataclass(frozen=True)
class Target:
    """A file to scrub: how it is called in sentences, where it is, and whether a source may claim it."""

    path: str
    location: Path
    in_workspace: bool = True


@dataclass(frozen=True)
class Done:
    """What scrubbing did, in a line each, and what it could not take out."""

    lines: tuple[str, ...]
    left: tuple[Finding, ...]

    def raise_for_rest(self) -> None:
        """Raise SecurityError that names what is still there."""
        if self.left:
            faults = tuple(replace(finding.fault, right="take it out by hand") for finding in self.left)
            raise SecurityError("Not everything could be taken out.", faults)


def scrub_files(root: Path, files: Sequence[Path] = (), secret: Path | None = None) -> Done:
    """Scrub some files, or every file below data/ that needs it; what is in config/ is only named."""
    project, leaks = contracts(root)
    claims, keeper = Claims(project.sources), Keeper(root, secret or default_secret())
    targets = [_given(root, file) for file in files] or _found(root, leaks)
    lines = [line for target in targets for line in _scrub_target(target, claims, keeper)]
    left = [
        finding
        for finding in find_leaks(root, project.sources)
        if not files or any(finding.path.startswith(target.path) for target in targets)
    ]
    lines += keeper.said or ([] if lines else ["There is nothing to take out of data/."])
    return Done(tuple(lines), tuple(sorted(left)))


def _given(root: Path, file: Path) -> Target:
    if file.is_symlink() or not file.is_file():
        fault = Fault(harmless(str(file)), "", "is no file", "name a file, or none for all below data/")
        raise ConfigError("Nothing was scrubbed.", (fault,))
    data, place = (root / DATA).resolve(), file.resolve()
    if data in place.parents:
        return Target(f"{DATA}/{place.relative_to(data).as_posix()}", place)
    return Target(harmless(str(file)), place, in_workspace=False)


def _found(root: Path, leaks: Sequence[Finding]) -> list[Target]:
    """List the files below data/ with something to take out; what is in a zip is in its file."""
    places = dict.fromkeys(
        next(path for path in (Path(leak.path), *Path(leak.path).parents) if (root / path).is_file())
        for leak in leaks
        if leak.path.startswith(f"{DATA}/")
    )
    return [Target(path.as_posix(), root / path) for path in places]


def _scrub_target(target: Target, claims: Claims, keeper: Keeper) -> Iterator[str]:
    content = target.location.read_bytes()
    try:
        scrub_content = _scrub_zip if content.startswith(PACKED) else _scrub_content
        scrubbed = scrub_content(target, content, claims, keeper)
    except (ValueError, QualityError):  # it cannot be changed without harm; what is in it is told at the end
        return
    if scrubbed.content == content:
        yield f"{target.path}: there is nothing to take out."
    else:
        write_whole(target.location, scrubbed.content)
        yield f"{target.path}: {_did(scrubbed)}."
        yield from (
            f"  make the {kind} worthless: {REVOKE[kind]}"
            for kind in sorted(scrubbed.removed)
            if kind in REVOKE
        )
    if not target.in_workspace:
        yield "  no source claims this file: only secrets were looked for; scrub it again when it is in data/."


def _scrub_content(target: Target, content: bytes, claims: Claims, keeper: Keeper) -> Scrubbed:
    form = claims.format_of(target.path) if target.in_workspace else None
    return scrub(content, form, keeper.secret() if names_somebody(content, form) else None)


def _scrub_zip(target: Target, content: bytes, claims: Claims, keeper: Keeper) -> Scrubbed:
    """Write a zip again with its members scrubbed; order, names and times stay."""
    packed = io.BytesIO()
    removed: Counter[str] = Counter()
    keys = 0
    wanted = list_members(target.path, target.location)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            unpacked = old.read(entry)
            if entry.filename in wanted:
                member = replace(target, path=f"{target.path}/{entry.filename}")
                scrubbed = _scrub_content(member, unpacked, claims, keeper)
                unpacked, keys = scrubbed.content, keys + scrubbed.keys
                removed.update(scrubbed.removed)
            new.writestr(entry, unpacked)
    return Scrubbed(packed.getvalue(), removed, keys) if removed else Scrubbed(content)


def _did(scrubbed: Scrubbed) -> str:
    taken = [f"{times} x {kind}" for kind, times in sorted(scrubbed.removed.items())]
    keys = [f"wrote {scrubbed.keys} keys of customers or authors"] if scrubbed.keys else []
    return "; ".join([f"took out {', '.join(taken)}", *keys])


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is always there whole, the old or the new one."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:80]}.", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
