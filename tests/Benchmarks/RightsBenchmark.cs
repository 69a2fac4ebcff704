using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using PasswordOps.SambaDomain;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Test-WritebackPermission -All for 20,000 users of a domain of Samba, against a bare paged search of the same attributes: in turn,
/// each in a process of its own, and the medians count. Besides, the peak memory of both sizes of a domain.
/// </summary>
internal static class RightsBenchmark
{
    private const double Limit = 1.3;
    private const double MemoryLimit = 1.2;
    private const int Few = 2_000;
    private const int Many = 20_000;

    internal static bool Run(int rounds)
    {
        if (RunningDomain.Missing() is string missing)
        {
            Console.WriteLine("rights     not measured: " + missing);
            return true;
        }

        using RunningDomain domain = RunningDomain.Start();
        domain.AddRights();
        string few = "OU=Few," + domain.Ready.BaseDn;
        string many = "OU=Many," + domain.Ready.BaseDn;
        domain.AddUsers(few, Names("few", Few), _ => null);
        domain.AddUsers(many, Names("many", Many), _ => null);

        // In turn, so that what else the machine does slows both. The first round on either side warms up: connections, compiled code, the
        // domain controller's memory.
        int timed = Math.Min(rounds, 5);
        List<double> bare = new();
        List<double> ours = new();
        using (Process pwsh = Subjects.Start(
            Script(domain, many) + "while ([Console]::In.ReadLine()) { $w = [Diagnostics.Stopwatch]::StartNew(); "
            + $"$report = Test-WritebackPermission @on; $w.Stop(); if ($report.Users -ne {Many}) {{ throw 'not all were judged' }}; "
            + "[Console]::Out.WriteLine($w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)) }",
            readsInput: true))
        {
            for (int i = 0; i <= timed; i++)
            {
                bare.Add(Bare(domain, many));
                pwsh.StandardInput.WriteLine("next");
                ours.Add(double.Parse(pwsh.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
            }

            pwsh.StandardInput.Close();
            pwsh.WaitForExit();
        }

        bool good = Figure.Print(
            "rights", "a bare paged search of the same attributes", Figure.Median(ours.Skip(1).ToArray()),
            Figure.Median(bare.Skip(1).ToArray()), atMost: Limit);
        double small = Peak(domain, few);
        double large = Peak(domain, many);
        return Figure.PrintRatio(
            "rights", $"x the peak of {Few} users", large / small,
            string.Create(CultureInfo.InvariantCulture, $"{large / 1e6:0} MB for {Many} users, {small / 1e6:0} MB for {Few}"), null,
            MemoryLimit) && good;
    }

    private static IEnumerable<string> Names(string prefix, int count) => Enumerable.Range(0, count).Select(i => prefix + i);

    private static string Script(RunningDomain domain, string unit) =>
        $"Import-Module '{Subjects.Module}'; $on = @{{ DomainController = '{domain.Ready.Server}'; "
        + $"DomainCertificate = '{domain.Ready.CaFile}'; Account = 'svc-narrow'; SearchBase = '{unit}'; All = $true; DomainCredential = "
        + $"[pscredential]::new('{domain["svc-none"].UserPrincipalName}', "
        + $"(ConvertTo-SecureString '{domain["svc-none"].Password}' -AsPlainText -Force)) }}; ";

    private static double Peak(RunningDomain domain, string unit) => double.Parse(
        Subjects.Pwsh(
            Script(domain, unit) + "$null = Test-WritebackPermission @on; [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64"),
        CultureInfo.InvariantCulture);

    private static double Bare(RunningDomain domain, string unit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        DirectoryInfo trust = Directory.CreateTempSubdirectory("trust-");
        File.Copy(domain.Ready.CaFile, Path.Combine(trust.FullName, "ca.pem"));
        using LdapConnection line = new(new LdapDirectoryIdentifier(domain.Ready.Server, domain.Ready.Port)) { AuthType = AuthType.Basic };
        line.SessionOptions.ProtocolVersion = 3;
        if (!OperatingSystem.IsWindows())
        {
            line.SessionOptions.TrustedCertificatesDirectory = trust.FullName;
            line.SessionOptions.StartNewTlsSessionContext();
        }

        line.SessionOptions.SecureSocketLayer = true;
        line.Bind(new NetworkCredential(domain["svc-none"].UserPrincipalName, domain["svc-none"].Password));
        PageResultRequestControl page = new(1_000);
        int users = 0;
        do
        {
            SearchRequest request = new(
                unit, "(sAMAccountType=805306368)", SearchScope.Subtree,
                "objectClass", "adminCount", "userAccountControl", "objectSid", "nTSecurityDescriptor");
            request.Controls.Add(new SecurityDescriptorFlagControl(SecurityMasks.Owner | SecurityMasks.Group | SecurityMasks.Dacl));
            request.Controls.Add(page);
            SearchResponse answer = (SearchResponse)line.SendRequest(request);
            users += answer.Entries.Count;
            page.Cookie = answer.Controls.OfType<PageResultResponseControl>().Single().Cookie;
        }
        while (page.Cookie.Length > 0);
        trust.Delete(recursive: true);
        return users == Many ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{users} users were read.");
    }
}
