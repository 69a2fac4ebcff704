using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps;

/// <summary>
/// A connection to a tenant, as Connect-PasswordOps gives it. It shows who is signed in and with what rights; it holds no token in sight.
/// </summary>
public sealed class PasswordOpsConnection : IDisposable
{
    private readonly IConnection session;
    private readonly IDisposable? owned;
    private volatile bool closed;

    /// <summary>Wraps a session.</summary>
    /// <param name="session">The session; closed with this.</param>
    /// <param name="owned">What else lives as long as the session; null for nothing.</param>
    /// <param name="trace">The session's requests.</param>
    internal PasswordOpsConnection(IConnection session, IDisposable? owned, RequestTrace trace)
    {
        this.session = session;
        this.owned = owned;
        Trace = trace;
    }

    /// <summary>All that is known about the sign-in.</summary>
    public ConnectionContext Context => session.Context;

    /// <summary>Tenant id.</summary>
    public string TenantId => Context.TenantId;

    /// <summary>Name of the tenant; null when it could not be read.</summary>
    public string? TenantName => Context.TenantName;

    /// <summary>User principal name, or the application's name when nobody is signed in.</summary>
    public string Account => Context.Account;

    /// <summary>True when an application acts by itself, false when it acts for a person.</summary>
    public bool IsAppOnly => Context.IsAppOnly;

    /// <summary>Graph permissions in the token.</summary>
    public IReadOnlyList<string> Permissions => Context.Permissions;

    /// <summary>Active directory roles; null when they could not be read.</summary>
    public IReadOnlyList<HeldRole>? Roles => Context.Standing.IsKnown ? Context.Standing.Value.Roles : null;

    /// <summary>Short name of the cloud.</summary>
    public string Cloud => Context.Cloud.Name;

    /// <summary>True until the connection is closed.</summary>
    public bool IsOpen => !closed;

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Of(
        (IsAppOnly
            ? Text.Of($"{Account}, an application by itself, by {Words(Context.SignInKind)}")
            : Text.Of($"{Account}, a person, by {Words(Context.SignInKind)}"))
            + (closed ? ", " + Text.Of($"closed") : string.Empty),
        ("tenant", TenantName is null ? TenantId : TenantName + " (" + TenantId + ")"),
        ("roles", RoleWords()),
        ("permissions", Permissions.Count == 0
            ? Text.Of($"none") : string.Join(", ", Permissions.OrderBy(name => name, StringComparer.Ordinal))),
        ("cloud", Context.Cloud.Lacks.Count == 0
            ? Context.Cloud.Title
            : Text.Of($"{Context.Cloud.Title}; lacks: {string.Join("; ", Context.Cloud.Lacks.Select(Text.Translated))}")),
        ("token", Context.TokenExpiresOn.Year < 9999
            ? Text.Of($"until {Context.TokenExpiresOn.ToLocalTime().ToString("g", System.Globalization.CultureInfo.CurrentCulture)}")
            : Text.Of($"does not say until when")));

    /// <summary>The session's requests, for debug messages.</summary>
    internal RequestTrace Trace { get; }

    /// <summary>The session behind this.</summary>
    /// <exception cref="Core.PasswordOpsException">It was closed: <c>ConnectionClosed</c>.</exception>
    internal IConnection Session => closed ? throw Errors.ConnectionClosed(Account) : session;

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        Connections.Forget(this);
        session.Dispose();
        owned?.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => Text.Of($"{Account} in {TenantName ?? TenantId}");

    private string RoleWords()
    {
        if (Roles is null)
        {
            return Text.Of($"unknown: {Context.Standing.Error!.Message}");
        }

        return Roles.Count == 0
            ? Text.Of($"none")
            : string.Join(", ", Roles.Select(Words).Distinct());
    }

    private static string Words(HeldRole role) =>
        (role.Name.Length > 0 ? role.Name : role.TemplateId) + (role.IsTenantWide ? string.Empty : " " + Text.Of($"(scoped)"));

    private static string Words(SignInKind kind) => kind switch
    {
        SignInKind.InteractiveBrowser => Text.Of($"browser"),
        SignInKind.DeviceCode => Text.Of($"device code"),
        SignInKind.ClientSecret => Text.Of($"secret"),
        SignInKind.Certificate => Text.Of($"certificate"),
        SignInKind.ManagedIdentity => Text.Of($"managed identity"),
        SignInKind.WorkloadIdentity => Text.Of($"workload identity"),
        SignInKind.AzureCli => "Azure CLI",
        _ => Text.Of($"given token"),
    };
}
