"""Refusals to other programs, and to the administrators who let them in."""

from __future__ import annotations

from decroche.common.errors import DomainError


class KeyRefused(DomainError):
    """No key, an unknown one, or one that was revoked: not told apart."""

    code = "api_key_refused"
    status = 401
    fr = "Clé d'API absente, inconnue ou révoquée. Envoyez « Authorization: Bearer » suivi d'une clé valable."
    en = 'API key missing, unknown or revoked. Send "Authorization: Bearer" followed by a valid key.'


class KeyExpired(DomainError):
    """Its date is over."""

    code = "api_key_expired"
    status = 401
    fr = "Cette clé d'API a expiré. Un administrateur peut en créer une autre."
    en = "This API key has expired. An administrator can create another one."


class KeyOwnerGone(DomainError):
    """The administrator it acts for was disabled, or is no longer one."""

    code = "api_key_owner_disabled"
    status = 403
    fr = (
        "L'administrateur pour qui cette clé agit n'est plus administrateur ou est désactivé. "
        "Créez une clé avec un autre compte."
    )
    en = "The administrator for whom this key acts was disabled or is no longer one. Create a key with another account."


class ScopeMissing(DomainError):
    """The key is good, but not for this."""

    code = "scope_missing"
    status = 403
    fr = "Cette clé n'a pas le droit « {scope} ». Un administrateur peut créer une clé qui l'a."
    en = 'This key does not have the scope "{scope}". An administrator can create one that does.'


class TooManyRequests(DomainError):
    """Over the key's rate."""

    code = "too_many_requests"
    status = 429
    fr = "Trop de demandes : au plus {per_minute} par minute avec cette clé. Réessayez dans {retry_after_s} s."
    en = "Too many requests: at most {per_minute} a minute with this key. Try again in {retry_after_s} s."


class IdempotencyKeyReused(DomainError):
    """The same `Idempotency-Key` came with another request."""

    code = "idempotency_key_reused"
    status = 422
    fr = (
        "Cette clé d'idempotence a déjà servi à une autre demande. "
        "Gardez-la pour répéter la même, prenez-en une neuve pour une autre."
    )
    en = (
        "This idempotency key was already used for another request. "
        "Keep it to repeat the same one, take a new one for another."
    )


class IdempotencyKeyInvalid(DomainError):
    """Too long, or not printable."""

    code = "idempotency_key_invalid"
    status = 422
    fr = "L'en-tête Idempotency-Key doit tenir en 1 à 255 caractères ASCII visibles."
    en = "The header Idempotency-Key must be of 1 to 255 visible ASCII characters."


class SeveralContacts(DomainError):
    """An upsert found more than one."""

    code = "several_contacts"
    fr = "Plusieurs fiches correspondent ({count}) : fusionnez-les, ou désignez la bonne par son identifiant."
    en = "Several contacts match ({count}): merge them, or name the right one by its identifier."


class NoSuchCampaign(DomainError):
    """The body names a campaign that is none."""

    code = "no_such_campaign"
    field = "campaign_id"
    status = 404
    fr = "Aucune campagne n'a cet identifiant : GET /api/v1/campaigns donne ceux de ce plateau."
    en = "No campaign has this identifier: GET /api/v1/campaigns gives those of this floor."


class AddressRefused(DomainError):
    """A webhook's address on a private network that nobody has allowed."""

    code = "address_refused"
    field = "url"
    status = 422
    fr = "Cette adresse mène à un réseau privé : Décroche ne l'appelle que si un administrateur l'autorise."
    en = "This address leads to a private network: Décroche calls it only if an administrator allows it."


class AddressNeverCalled(AddressRefused):
    """This machine itself, or what is no machine's address: no permission changes that."""

    code = "address_never_called"
    fr = (
        "Décroche n'appelle jamais cette adresse : elle désigne cette machine, ou aucune autre en particulier. "
        "Donnez celle de l'autre logiciel sur le réseau."
    )
    en = (
        "Décroche never calls this address: it leads to this machine, or to none. "
        "Give the address of the other program on the network."
    )


class NothingToSend(DomainError):
    """The body was erased after its days."""

    code = "nothing_to_send"
    fr = "Le contenu de cet envoi a été effacé : il ne peut plus être renvoyé."
    en = "The content of this delivery was erased: it cannot be sent again."


class WebhookDisabled(DomainError):
    """Nothing is sent to a disabled address."""

    code = "webhook_disabled"
    fr = "Ce webhook est désactivé. Réactivez-le d'abord."
    en = "This webhook is disabled. Enable it first."
