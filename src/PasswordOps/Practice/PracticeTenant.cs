using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps;

/// <summary>A practice tenant that runs beside this session and ends with it at the latest.</summary>
public sealed class PracticeTenant : IDisposable
{
    private readonly PracticeProcess process;

    internal PracticeTenant(PracticeProcess process, ReadyLine ready)
    {
        this.process = process;
        Authority = new Uri(ready.Authority);
        Graph = new Uri(ready.Graph);
        TenantId = ready.TenantId;
        CaCertificateFile = ready.CaCertificateFile;
        Users = ready.Users;
        Apps = ready.Apps.Select(app => app.ToApp()).ToArray();
        People = ready.People?.Select(person => person.ToPerson()).ToArray() ?? Array.Empty<PracticePerson>();
    }

    /// <summary>Base address of its sign-in service.</summary>
    public Uri Authority { get; }

    /// <summary>Base address of its Microsoft Graph, without version.</summary>
    public Uri Graph { get; }

    /// <summary>Tenant id.</summary>
    public string TenantId { get; }

    /// <summary>File with the certificate authority that its addresses are signed by.</summary>
    public string CaCertificateFile { get; }

    /// <summary>Process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>True while it runs.</summary>
    public bool IsRunning => process.IsRunning;

    /// <summary>Number of users.</summary>
    public int Users { get; }

    /// <summary>Applications to sign in as.</summary>
    public IReadOnlyList<PracticeApp> Apps { get; }

    /// <summary>People whose situation is worth a rehearsal.</summary>
    public IReadOnlyList<PracticePerson> People { get; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Of(
        IsRunning
            ? Text.Of($"practice tenant, process {ProcessId}, {Users.ToString("N0", CultureInfo.CurrentCulture)} users")
            : Text.Of($"practice tenant, stopped"),
        ("graph", Graph.ToString()),
        ("tenant", TenantId),
        ("apps", string.Join("\n", Apps.Select(app => app.DisplayName + ": " + app.RightsText))),
        ("people", string.Join("\n", People.Select(person => person.UserPrincipalName + ": " + person.About))),
        ("next", "Connect-PasswordOps -PracticeTenant $tenant"));

    /// <summary>Takes a practice tenant that runs on this machine already. It is not stopped from here.</summary>
    /// <param name="readyLine">The line that <c>serve</c> printed.</param>
    /// <returns>The tenant; null when it is no such line.</returns>
    /// <exception cref="PasswordOpsException">The tenant runs no more: <c>PracticeTenantStopped</c>.</exception>
    internal static PracticeTenant? Of(string readyLine) =>
        ReadyLine.Parse(readyLine.Trim()) is ReadyLine ready ? new PracticeTenant(PracticeProcess.Of(ready.ProcessId), ready) : null;

    /// <summary>Stops the tenant. All that was changed in it is gone.</summary>
    public void Dispose()
    {
        PracticeProcess.Forget(this);
        process.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => Graph + (IsRunning ? string.Empty : " " + Text.Of($"(stopped)"));

    /// <summary>Gives what it takes to sign in as one of the applications.</summary>
    /// <param name="app">Name or id; null takes the first with a secret.</param>
    /// <param name="log">Takes one safe line a request.</param>
    /// <returns>Options.</returns>
    /// <exception cref="PasswordOpsException"><c>PracticeTenantStopped</c>, <c>PracticeAppUnknown</c>.</exception>
    internal SignInOptions SignIn(string? app, Action<string> log)
    {
        if (!IsRunning)
        {
            throw PracticeProcess.Stopped();
        }

        PracticeApp chosen =
            Apps.FirstOrDefault(candidate => app is null
                ? candidate.Secret is not null
                : string.Equals(candidate.DisplayName, app, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(candidate.AppId, app, StringComparison.OrdinalIgnoreCase))
            ?? throw new PasswordOpsException(
                "PracticeAppUnknown",
                ErrorKind.NotFound,
                app is null ? Text.Of($"The practice tenant has no application with a secret.")
                    : Text.Of($"The practice tenant has no application '{app}'."),
                Text.Of($"Use one of: {string.Join(", ", Apps.Select(candidate => candidate.DisplayName))}."));
        SignInKind kind = chosen.PublicClient ? SignInKind.DeviceCode
            : chosen.Secret is null ? SignInKind.Certificate
            : SignInKind.ClientSecret;
        return new SignInOptions
        {
            Kind = kind,
            Cloud = new Cloud { Name = "Practice", Title = "practice tenant", Authority = Authority, Graph = Graph },
            TenantId = TenantId,
            ClientId = chosen.AppId,
            ClientSecret = chosen.Secret,
            Certificate = kind == SignInKind.Certificate
                ? Certificates.FromFile(chosen.CertificateFile!, chosen.CertificatePassword)
                : null,
            PracticeAuthorityFile = CaCertificateFile,
            Log = log,
        };
    }
}
