using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>
/// A few LDAP connections to one server, each with one request at a time. The library waits where it is called, so that a request runs on a
/// thread of its own; who stops or runs out of time goes on at once, and the connection is thrown away when its answer comes or never does.
/// </summary>
internal sealed class Lines : IDisposable
{
    private const int Most = 4;

    // A domain controller drops what is idle for 15 minutes, firewalls sooner; a write on a dropped line would have an unknown end.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly TrustedCertificates? trust;
    private readonly IClock clock;
#pragma warning disable CA2213 // Not disposed: a request that was given up still ends here after this is closed.
    private readonly SemaphoreSlim slots = new(Most, Most);
#pragma warning restore CA2213
    private readonly Stack<(LdapConnection Line, DateTimeOffset Since)> idle = new();
    private bool disposed;

    public Lines(Target target, TrustedCertificates? trust, IClock clock)
    {
        Target = target;
        this.trust = trust;
        this.clock = clock;
    }

    public Target Target { get; }

    /// <summary>Begins a row of requests that have to go over one and the same line.</summary>
    public HeldLine Hold() => new(this);

    /// <summary>Sends one request.</summary>
    /// <param name="step">find or write.</param>
    /// <param name="account">Whom it is about, for what a failure says.</param>
    /// <param name="make">Makes the request when a line is there.</param>
    /// <param name="forget">Erases what the request held; called in every case once the request cannot be read any more.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="held">The line to send it over; null for any.</param>
    public async Task<TResponse> SendAsync<TResponse>(
        string step, string account, Func<DirectoryRequest> make, Action? forget, CancellationToken stop, HeldLine? held = null)
        where TResponse : DirectoryResponse
    {
        try
        {
            await slots.WaitAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            forget?.Invoke();
            throw;
        }

        Attempt attempt = new();
        Task<DirectoryResponse> work = Task.Run(() => Work(make, forget, attempt, held), CancellationToken.None);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Target.Timeout);
        Task first = await Task.WhenAny(work, Task.Delay(System.Threading.Timeout.Infinite, limit.Token)).ConfigureAwait(false);
        bool sentWrite = step == DirectoryCode.Write && attempt.Sent;
        if (first != work)
        {
            _ = work.ContinueWith(
                ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            stop.ThrowIfCancellationRequested();
            throw attempt.Sent
                ? Target.Tell(DirectoryCode.Of(step, Results.Timeout, null), null, sentWrite, ("account", account))
                : await Diagnosis.ExplainAsync(Target, trust, Results.Timeout, stop).ConfigureAwait(false);
        }

        try
        {
            DirectoryResponse response = await work.ConfigureAwait(false);
            if (response.ResultCode != ResultCode.Success)
            {
                // The library takes a referral for a success: the other server would have to be asked, nothing was done.
                throw Failures.OfAnswer(Target, step, account, response);
            }

            return response as TResponse
                ?? throw Target.Own("AdAnswerUnexpected", ("why", Text.Of($"it answers another question than the one that was asked")));
        }
        catch (Exception error) when (error is DirectoryException or InvalidOperationException or DllNotFoundException
            or EntryPointNotFoundException or PlatformNotSupportedException or TypeInitializationException)
        {
            throw attempt.Sent
                ? Failures.OfRequest(Target, step, account, error)
                : await Failures.OfOpeningAsync(Target, trust, error, stop).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        lock (idle)
        {
            disposed = true;
            while (idle.Count > 0)
            {
                idle.Pop().Line.Dispose();
            }
        }

        trust?.Dispose();
    }

    private DirectoryResponse Work(Func<DirectoryRequest> make, Action? forget, Attempt attempt, HeldLine? held)
    {
        LdapConnection? line = null;
        bool whole = false;
        try
        {
            line = held?.Take() ?? Take() ?? Open();
            DirectoryRequest request = make();
            attempt.Sent = true;
            DirectoryResponse response = line.SendRequest(request);
            whole = true;
            return response;
        }
        catch (DirectoryOperationException error) when (error.Response is not null)
        {
            // A refusal is an answer like others.
            whole = true;
            throw;
        }
        finally
        {
            forget?.Invoke();
            if (held is null)
            {
                GiveBack(line, whole);
            }
            else
            {
                held.Put(line, whole);
            }

            slots.Release();
        }
    }

    private LdapConnection? Take()
    {
        lock (idle)
        {
            if (disposed)
            {
                throw new ObjectDisposedException(nameof(IActiveDirectory));
            }

            while (idle.Count > 0)
            {
                (LdapConnection line, DateTimeOffset since) = idle.Pop();
                if (clock.UtcNow - since < Fresh)
                {
                    return line;
                }

                line.Dispose();
            }

            return null;
        }
    }

    private void GiveBack(LdapConnection? line, bool whole)
    {
        if (line is null)
        {
            return;
        }

        lock (idle)
        {
            if (whole && !disposed)
            {
                idle.Push((line, clock.UtcNow));
                return;
            }
        }

        line.Dispose();
    }

    private LdapConnection Open()
    {
        if (!Target.IsWindows)
        {
            OpenLdap.RequireSafeSettings(Target);
        }

        LdapDirectoryIdentifier where = new(Target.Server, Target.Port, fullyQualifiedDnsHostName: true, connectionless: false);
        LdapConnection line = new(where) { AutoBind = false, Timeout = Target.Timeout };
        try
        {
            line.SessionOptions.ProtocolVersion = 3;
            line.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (Target.Transport == DomainTransport.Negotiate)
            {
                line.AuthType = AuthType.Negotiate;
                if (Target.IsWindows)
                {
                    line.SessionOptions.Signing = true;
                    line.SessionOptions.Sealing = true;
                }
            }
            else
            {
                line.AuthType = AuthType.Basic;
                trust?.ApplyTo(line, Target.Server);
                Encrypt(line);
            }

            SignIn(line);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    private void Encrypt(LdapConnection line)
    {
        if (Target.Transport == DomainTransport.Ldaps)
        {
            line.SessionOptions.SecureSocketLayer = true;
            return;
        }

        if (!Target.IsWindows)
        {
            // Off Windows StartTransportLayerSecurity goes to the library's default server as long as nothing was sent to this one
            // (10.0.15). So
            // ask something that says nothing and whose answer is not used; nobody is signed in yet.
            line.SendRequest(new SearchRequest(string.Empty, "(objectClass=*)", SearchScope.Base, "1.1"));
        }

        line.SessionOptions.StartTransportLayerSecurity(null);
    }

    private void SignIn(LdapConnection line)
    {
        if (Target.UserName is not string user || Target.Password is null)
        {
            line.Bind();
            return;
        }

        using SecureString password = Target.Password.ToSecureString();
        line.Bind(new NetworkCredential(user, password));
    }

    /// <summary>
    /// A line that is kept from one request to the next: a server knows the cookie of a page on the line only that it gave it on.
    /// </summary>
    internal sealed class HeldLine : IDisposable
    {
        private readonly Lines lines;
        private LdapConnection? line;
        private bool ended;

        public HeldLine(Lines lines)
        {
            this.lines = lines;
        }

        /// <summary>The row of requests came to its end, so that others may have the line.</summary>
        public bool IsComplete { get; set; }

        public LdapConnection? Take()
        {
            lock (lines.idle)
            {
                LdapConnection? taken = line;
                line = null;
                return taken;
            }
        }

        public void Put(LdapConnection? used, bool whole)
        {
            lock (lines.idle)
            {
                if (whole && !ended && !lines.disposed)
                {
                    line = used;
                    return;
                }
            }

            lines.GiveBack(used, whole: false);
        }

        public void Dispose()
        {
            lock (lines.idle)
            {
                ended = true;
            }

            lines.GiveBack(Take(), IsComplete);
        }
    }

    private sealed class Attempt
    {
        private volatile bool sent;

        public bool Sent
        {
            get => sent;
            set => sent = value;
        }
    }
}
