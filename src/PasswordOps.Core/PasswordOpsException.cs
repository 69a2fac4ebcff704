using System;

namespace PasswordOps.Core;

/// <summary>
/// A failure that a person can act on. Never carries a secret, a phone number or a request body; <see cref="Exception.Message"/> says what
/// and why, <see cref="Advice"/> says the one next step.
/// </summary>
public sealed class PasswordOpsException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="id">Stable identifier in PascalCase; part of the public interface and listed in docs/errors.md.</param>
    /// <param name="kind">Sort of trouble.</param>
    /// <param name="message">What happened to whom, and why.</param>
    /// <param name="advice">One step that can be taken now.</param>
    /// <param name="inner">Underlying failure, if it is free of secrets.</param>
    public PasswordOpsException(string id, ErrorKind kind, string message, string advice, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Kind = kind;
        Advice = advice;
    }

    /// <summary>Stable identifier in PascalCase, for example <c>RoleMissing</c>.</summary>
    public string Id { get; }

    /// <summary>Sort of trouble.</summary>
    public ErrorKind Kind { get; }

    /// <summary>One step that can be taken now.</summary>
    public string Advice { get; }

    /// <summary>HTTP status of the service's answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// The service's own code, for example <c>Authorization_RequestDenied</c> or <c>AADSTS7000215</c>; null when there was none.
    /// </summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's request id, for a support case; null when there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>When the service answered; null when it did not.</summary>
    public DateTimeOffset? ServiceTime { get; init; }

    /// <summary>True when a write was sent and its outcome is not known: it may have taken effect. Read before doing it again.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>The same failure with a user called by name where an adapter, which is given ids, called it by object id.</summary>
    /// <param name="userId">Object id.</param>
    /// <param name="name">Name.</param>
    /// <returns>A new exception with this one's id, kind and evidence.</returns>
    internal PasswordOpsException Naming(string userId, string name) =>
        Retold(Message.Replace(Text.Of($"user {userId}"), name).Replace(Text.Of($"User {userId}"), name));

    /// <summary>The same failure told of another subject: message and advice replaced, the service's evidence kept.</summary>
    /// <param name="message">What happened to whom, and why.</param>
    /// <param name="advice">One step; null keeps the present one.</param>
    /// <returns>A new exception with this one's id, kind and evidence.</returns>
    public PasswordOpsException Retold(string message, string? advice = null) => new(Id, Kind, message, advice ?? Advice, InnerException)
    {
        Status = Status, ServiceCode = ServiceCode, RequestId = RequestId, ServiceTime = ServiceTime, MayHaveHappened = MayHaveHappened,
    };
}
