using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Tests.Writeback.Connection;

/// <summary>A network that a test makes up: well unless it is told otherwise.</summary>
internal sealed class FakeProbe : INetworkProbe
{
    public const string RootOfAzure = "CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F";

    public string Machine { get; set; } = "SYNC01";

    public bool IsSyncServer { get; set; } = true;

    public Uri? Proxy { get; set; }

    public Func<string, NameAnswer> Name { get; set; } = _ => new NameAnswer { Addresses = new[] { "203.0.113.7" } };

    public Func<NetworkVisit, VisitAnswer> Visit { get; set; } = Well;

    public Func<NetworkVisit, TimeSpan, HoldAnswer> Hold { get; set; } = (_, idle) => new HoldAnswer { End = HoldEnd.Held, After = idle };

    public ConcurrentQueue<NetworkVisit> Visits { get; } = new();

    public static VisitAnswer Well(NetworkVisit visit) => Of(visit, "DigiCert Inc", RootOfAzure);

    public static VisitAnswer Of(NetworkVisit visit, string issuer, string root, CertificateFaults faults = CertificateFaults.None)
    {
        SeenCertificate Certificate(string subject, string fingerprint) => new()
        {
            Subject = subject, Issuer = $"CN=CA, O={issuer}", IssuerOrganization = issuer, Fingerprint = fingerprint,
            NotBefore = DateTimeOffset.UtcNow.AddDays(-1), NotAfter = DateTimeOffset.UtcNow.AddDays(1),
        };
        bool isSecured = visit.Until >= VisitStage.Secured && !visit.IsPlain;
        bool isAsked = visit.Until == VisitStage.Answered && faults == CertificateFaults.None;
        return new VisitAnswer
        {
            Reached = isAsked ? VisitStage.Answered : visit.Until < VisitStage.Secured ? visit.Until : VisitStage.Secured,
            Fault = isSecured && !isAsked && visit.Until == VisitStage.Answered ? NetworkFault.NotTrusted : NetworkFault.None,
            Address = "203.0.113.7",
            ConnectTime = TimeSpan.FromMilliseconds(20),
            TlsTime = TimeSpan.FromMilliseconds(30),
            TlsVersion = isSecured ? "TLS 1.2" : null,
            Chain = isSecured
                ? new[] { Certificate("CN=" + visit.Host, "00"), Certificate("CN=CA, O=" + issuer, root) }
                : Array.Empty<SeenCertificate>(),
            CertificateFaults = faults,
            ProxyStatus = visit.Proxy is null ? null : 200,
            Status = !isAsked ? null : visit.Path.Length > 1 && !visit.IsPlain ? 401 : 200,
        };
    }

    public Uri? ProxyFor(Uri address) => Proxy;

    public IReadOnlyList<byte[]> ReadCertificates(string path) => throw new NotSupportedException();

    public Task<NameAnswer> ResolveAsync(string host, TimeSpan limit, CancellationToken stop) => Task.FromResult(Name(host));

    public Task<VisitAnswer> VisitAsync(NetworkVisit visit, CancellationToken stop)
    {
        Visits.Enqueue(visit);
        return Task.FromResult(Visit(visit));
    }

    public Task<HoldAnswer> HoldAsync(NetworkVisit visit, TimeSpan idle, CancellationToken stop) => Task.FromResult(Hold(visit, idle));
}
