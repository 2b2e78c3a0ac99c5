"""Every failure of the API in one shape, `ErrorBody`, with a sentence in the person's language."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from decroche.common.errors import DomainError, Language, NotFound
from decroche.common.http import domain_error_body, error_body, language_of
from decroche.common.logs import where
from decroche.common.validation import field_sentences

log = structlog.get_logger()

SENTENCES: dict[str, tuple[str, str]] = {
    "signed_out": (
        "Vous n'êtes pas connecté, ou votre session a expiré. Connectez-vous.",
        "You are not signed in, or your session expired. Sign in.",
    ),
    "csrf": (
        "Cette page est trop ancienne pour envoyer des changements. Rechargez-la, puis recommencez.",
        "This page is too old to send changes. Reload it, then try again.",
    ),
    "not_found": (
        "Introuvable : l'élément a peut-être été supprimé. Rechargez la page.",
        "Not found: it may have been deleted. Reload the page.",
    ),
    "no_such_path": (
        "Cette adresse n'existe pas dans l'API : voyez sa documentation, /api/v1/docs.",
        "The API has no such address: see its documentation, /api/v1/docs.",
    ),
    "no_such_id": (
        "Rien n'a cet identifiant ici : il n'a jamais existé, ou a été supprimé.",
        "Nothing has this identifier here: it never existed, or was deleted.",
    ),
    "method_not_allowed": (
        "Cette adresse n'accepte pas {method}, seulement {allowed}.",
        "This address does not take {method}, only {allowed}.",
    ),
    "too_large": (
        "La demande dépasse {limit} Mo. Envoyez-la en plusieurs fois.",
        "The request is over {limit} MB. Send it in several parts.",
    ),
    "unreadable": (
        "La demande n'a pas pu être lue : son corps n'a pas la forme attendue, un objet JSON en UTF-8 ou, pour un "
        "fichier, un formulaire multipart/form-data.",
        "The request could not be read: its body has not the expected form, a JSON object in UTF-8 or, for a file, "
        "a multipart/form-data form.",
    ),
    "malformed": (
        "La demande n'a pas pu être lue : elle contient des caractères ou des nombres impossibles à enregistrer.",
        "The request could not be read: it holds characters or numbers that cannot be stored.",
    ),
    "invalid": (
        "Certaines valeurs ne conviennent pas : voyez les champs signalés.",
        "Some values cannot be used: see the marked fields.",
    ),
    "internal": (
        "Une erreur de Décroche a interrompu cette action. Vérifiez si elle est faite, réessayez ; si cela recommence, "
        "donnez la référence {reference} à votre administrateur.",
        "An error of Décroche interrupted this. See whether it was done, try again, and if it happens again, "
        "give the reference {reference} to your administrator.",
    ),
}


def sentence(code: str, language: Language) -> str:
    """The sentence of one of the codes above."""
    return SENTENCES[code][1 if language == "en" else 0]


def add_handlers(api: NinjaAPI) -> None:
    """Put every handler on the API."""
    for error, handler in (
        (DomainError, business_error),
        (ValidationError, invalid_request),
        (AuthenticationError, not_signed_in),
        (HttpError, http_error),
        (Http404, not_there),
        (DataError, unstorable),
        (RequestDataTooBig, too_large),
        (MultiPartParserError, unreadable),
        (SuspiciousOperation, unreadable),  # too many fields or files
        (UnicodeEncodeError, unstorable),
        (OverflowError, unstorable),
        (Exception, unexpected),
    ):
        api.add_exception_handler(error, partial(handler, api))


def business_error(api: NinjaAPI, request: HttpRequest, error: DomainError) -> HttpResponse:
    return api.create_response(request, domain_error_body(error, language_of(request)), status=error.status)


def invalid_request(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    language = language_of(request)
    body = error_body("invalid", sentence("invalid", language), fields=field_sentences(error.errors, language))
    return api.create_response(request, body, status=422)


def not_signed_in(api: NinjaAPI, request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    get_token(request)  # a first page asks who is signed in, is told nobody, and needs the cookie to sign in
    return _answer(api, request, "signed_out", 401)


def http_error(api: NinjaAPI, request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a failed CSRF check (403), a body that is not JSON (400)."""
    if error.status_code == 403:
        get_token(request)
        return _answer(api, request, "csrf", 403)
    if error.status_code == 400:
        return unreadable(api, request, error)
    return _answer(api, request, "malformed", error.status_code)


def no_such_id(api: NinjaAPI, request: HttpRequest, error: NotFound) -> HttpResponse:
    """For programs, which have no page to reload."""
    body = error_body(error.code, sentence("no_such_id", language_of(request)))
    return api.create_response(request, body, status=error.status)


def unreadable(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    """A body that is not what its operation reads."""
    message = sentence("unreadable", language_of(request))
    return api.create_response(request, error_body("malformed", message), status=422)


def too_large(api: NinjaAPI, request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """More than is read into memory; files have limits of their own."""
    facts = {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2}
    message = sentence("too_large", language_of(request)).format(**facts)
    return api.create_response(request, error_body("too_large", message, facts), status=413)


def not_there(api: NinjaAPI, request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(api, request, "not_found", 404)


def unstorable(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    """NUL characters, lone surrogates, numbers and dates too large: broken input that only the depths notice."""
    return _answer(api, request, "malformed", 422)


def unexpected(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug. The log gets the place, not the message: messages of databases quote values."""
    reference = secrets.token_hex(4)
    match = request.resolver_match
    log.error(
        "api.error", reference=reference, method=request.method, route=match.route if match else "", **where(error)
    )
    message = sentence("internal", language_of(request)).format(reference=reference)
    return api.create_response(request, error_body("internal", message, {"reference": reference}), status=500)


def _answer(api: NinjaAPI, request: HttpRequest, code: str, status: int) -> HttpResponse:
    return api.create_response(request, error_body(code, sentence(code, language_of(request))), status=status)


def no_such_path(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Django's own 404: a path that no operation has."""
    says = "no_such_path" if request.path.startswith("/api/v1/") else "not_found"
    return JsonResponse(error_body("not_found", sentence(says, language_of(request))), status=404)


def methods_in_our_shape(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the framework refuses a method by a text of its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not request.path.startswith("/api/"):
            return response
        allowed = response.headers.get("Allow")
        if allowed is None:  # an operation's own answer, in our shape
            return response
        facts = {"method": request.method, "allowed": allowed}
        message = sentence("method_not_allowed", language_of(request)).format(**facts)
        ours = JsonResponse(error_body("method_not_allowed", message, facts), status=405)
        ours["Allow"] = allowed
        return ours

    return answer


def outside(request: HttpRequest) -> JsonResponse:
    """Django's own 500: an error before the API was reached, or after it answered."""
    reference = secrets.token_hex(4)
    log.error("web.error", reference=reference, method=request.method, **where(sys.exc_info()[1]))
    message = sentence("internal", language_of(request)).format(reference=reference)
    return JsonResponse(error_body("internal", message, {"reference": reference}), status=500)
