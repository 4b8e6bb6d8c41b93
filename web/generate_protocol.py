"""The messages of `signaling.messages` as TypeScript, written by `python -m web.generate_protocol`.

Names, order and optional fields follow the Python module, so that a change there is a type error here.
"""

from __future__ import annotations

import json
import typing
from pathlib import Path
from types import UnionType

import msgspec
from msgspec import inspect

from signaling import messages

TARGET = Path(__file__).parent / "src" / "gen" / "protocol.ts"
HEADER = "// Written by `python -m web.generate_protocol` from signaling/messages; do not edit.\n"
# A field with a default may be left out of what the browser sends; the service always sends every field,
# except in structs that omit defaults.
SENT = (
    messages.AnyCommand,
    messages.AnyMedia,
    messages.EnterRequest,
    messages.KnockRequest,
    messages.CheckInRequest,
    messages.SignInRequest,
    messages.NewMeetingRequest,
    messages.RescheduleRequest,
    messages.RepeatRequest,
    messages.AddressRequest,
    messages.ResendRequest,
    messages.InviteRequest,
    messages.UninviteRequest,
    messages.SiteRequest,
    messages.PlaceRequest,
    messages.LinksRequest,
    messages.NewPersonRequest,
    messages.UploadRequest,
    messages.NoteRequest,
    messages.StrokeRequest,
    messages.ChangePasswordRequest,
    messages.ChangePersonRequest,
    messages.ChangeUnitRequest,
    messages.ChangeBodyRequest,
    messages.ConveneRequest,
    messages.EndMembershipRequest,
    messages.NewBodyRequest,
    messages.NewMembersRequest,
    messages.FormAnswerRequest,
    messages.CloseRequest,
    messages.NewAccountRequest,
    messages.NewUnitRequest,
    messages.ReopenRequest,
    messages.ResetPasswordRequest,
    messages.SignOutRequest,
    messages.InvitationRequest,
    messages.AnswerRequest,
    messages.SubstituteRequest,
    messages.NewConsultationRequest,
    messages.OpenSurveyRequest,
    messages.SurveyLinksRequest,
    messages.SurveyRequest,
    messages.AskUnitsRequest,
    messages.MoveDeadlineRequest,
    messages.WithdrawRequest,
    messages.OpinionRequest,
    messages.ReplyRequest,
    messages.OpenOpinionRequest,
    messages.SignConsultationRequest,
)


def typescript() -> str:
    """The whole generated file."""
    own = own_messages()
    literals = {
        frozenset(typing.get_args(value)): name
        for name, value in vars(messages).items()
        if typing.get_origin(value) is typing.Literal
    }
    unions = {name: value for name, value in vars(messages).items() if isinstance(value, UnionType)}
    infos = dict(zip(own, inspect.multi_type_info(own.values()), strict=True))
    sent = set().union(*map(reached, SENT))

    parts = [HEADER]
    parts += [
        f"export type {name} = {' | '.join(json.dumps(value) for value in values)}\n"
        for name, values in ((n, typing.get_args(getattr(messages, n))) for n in literals.values())
    ]
    parts += [
        _interface(name, info, literals, info.cls in sent) for name, info in infos.items() if info.fields or info.tag
    ]
    parts += [
        f"export type {name} = {' | '.join(c.__name__ for c in typing.get_args(u))}\n" for name, u in unions.items()
    ]
    return "\n".join(parts)


def own_messages() -> dict[str, type[msgspec.Struct]]:
    """Every message by its name, those included that are only part of others."""
    return {name: value for name, value in vars(messages).items() if _is_own(value)}


def _is_own(value: object) -> bool:
    return (
        isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__.startswith(f"{messages.__name__}.")
        and value not in (messages.Message, messages.Command)
    )


def reached(root: object) -> set[type]:
    """The messages that a value of type `root` may contain or be."""
    seen: set[type] = set()

    def visit(info: object) -> None:
        match info:
            case inspect.StructType(cls=found, fields=fields):
                if found not in seen:
                    seen.add(found)
                    for field in fields:
                        visit(field.type)
            case inspect.UnionType(types=types):
                for each in types:
                    visit(each)
            case inspect.VarTupleType(item_type=item):
                visit(item)

    visit(inspect.type_info(root))
    return seen


def _interface(name: str, info: inspect.StructType, literals: dict[frozenset, str], is_sent: bool) -> str:
    lines = [f"export interface {name} {{"]
    if info.tag is not None:
        lines.append(f"  {info.tag_field}: {json.dumps(info.tag)}")
    for field in info.fields:
        may_miss = not field.required and (is_sent or info.cls.__struct_config__.omit_defaults)
        lines.append(f"  {field.encode_name}{'?' if may_miss else ''}: {_type(field.type, literals)}")
    return "\n".join([*lines, "}", ""])


def _type(info: inspect.Type, literals: dict[frozenset, str]) -> str:
    match info:
        case inspect.StructType(cls=cls):
            return cls.__name__
        case inspect.LiteralType(values=values):
            return literals.get(frozenset(values)) or " | ".join(json.dumps(value) for value in values)
        case inspect.UnionType(types=types):
            return " | ".join(_type(each, literals) for each in types)
        case inspect.VarTupleType(item_type=item):
            inner = _type(item, literals)
            return f"readonly ({inner})[]" if "|" in inner else f"readonly {inner}[]"
        case inspect.DictType(value_type=value):
            return f"Record<string, {_type(value, literals)}>"
        case inspect.StrType() | inspect.DateTimeType() | inspect.DateType():
            return "string"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.AnyType():
            return "unknown"
    raise TypeError(f"no TypeScript for {info}")


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(typescript(), encoding="utf-8")
