using System;
using System.Collections.Generic;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>One request to Graph, alone or out of a batch, on its way to the handler of its route.</summary>
internal sealed class Call
{
    public required TenantState Tenant { get; init; }

    public required Caller Caller { get; init; }

    public required string Method { get; init; }

    /// <summary>Such as /users/adele@contoso.com, as it was written.</summary>
    public required string Path { get; init; }

    public required Query Query { get; init; }

    /// <summary>Values of the placeholders of the route, in their order.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>The address of this service with version, without a slash behind.</summary>
    public required string Root { get; init; }

    public required Guid RequestId { get; init; }

    public JsonElement? Body { get; init; }

    /// <summary>The caller takes answers that lag behind, and may ask advanced queries in return.</summary>
    public bool Eventual { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset Now => Tenant.Now;

    /// <summary>A context address for an answer.</summary>
    public string Context(string fragment) => $"{Root}/$metadata#{fragment}";

    /// <summary>The user in the first placeholder: to a read as the copies of the directory have it by now, to a write as it is.</summary>
    public User TargetUser() =>
        (Method == "GET" ? Tenant.SeenUsers.Find(Values[0]) : Tenant.Users.Find(Values[0])) ?? throw GraphException.NotFound(Values[0]);

    public bool IsSelf(User user) => !Caller.IsApplication && Caller.ObjectId == user.Id;

    public JsonElement RequireBody() => Body is { ValueKind: JsonValueKind.Object } body
        ? body
        : throw new GraphException(400, "BadRequest",
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
}
