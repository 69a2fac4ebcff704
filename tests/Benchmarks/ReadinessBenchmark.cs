using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Test-SsprReadiness -All in a tenant of 100,000 users at 100 ms latency, against bare paging of the same lists with the same properties
/// and page sizes, side by side as well; and the peak memory of the process that does it. Both are timed in turn; the medians count.
/// </summary>
internal static class ReadinessBenchmark
{
    private const double Limit = 1.25;
    private const double MostMegabytes = 400;
    private const int Users = 100_000;

    private const string Properties =
        "id,userPrincipalName,displayName,department,userType,accountEnabled,onPremisesSyncEnabled,onPremisesDomainName,"
        + "onPremisesSamAccountName,onPremisesSecurityIdentifier,onPremisesDistinguishedName,onPremisesLastSyncDateTime,externalUserState,"
        + "assignedLicenses,lastPasswordChangeDateTime,passwordPolicies,isManagementRestricted,creationType,identities,mobilePhone,"
        + "businessPhones,otherMails";

    private static readonly string[] Lists =
    {
        $"users?$select={Properties}&$top=999", "reports/authenticationMethods/userRegistrationDetails?$top=999",
        "roleManagement/directory/roleAssignments?$select=principalId,roleDefinitionId,directoryScopeId&$top=999",
    };

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(Users, latency: 100);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();

        // The first round on either side warms up: connections, compiled code.
        int timed = Math.Min(rounds, 3);
        List<double> bare = new();
        for (int i = 0; i <= timed; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            int[] counts = Task.WhenAll(Lists.Select(list => PagesAsync(client, list))).GetAwaiter().GetResult();
            bare.Add(watch.Elapsed.TotalMilliseconds);
            if (counts[0] < Users)
            {
                throw new InvalidOperationException("not all users were read");
            }
        }

        string script = practice.Connect
            + $"foreach ($i in 0..{timed}) {{ $w = [Diagnostics.Stopwatch]::StartNew(); "
            + "$n = (Test-SsprReadiness -All | Measure-Object).Count; "
            + $"$w.Stop(); if ($n -lt {Users}) {{ throw 'not all users were answered' }}; "
            + "$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture) }; "
            + "[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64";
        double[] told = Subjects.Pwsh(script).Split('\n').Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        double[] ours = told.Take(told.Length - 1).Skip(1).ToArray();
        double megabytes = told[^1] / 1e6;
        bool fast = Figure.Print(
            "readiness", "bare paging of users, registration report and role assignments", Figure.Median(ours),
            Figure.Median(bare.Skip(1).ToArray()), atMost: Limit);
        return Figure.PrintRatio(
            "readiness", $"of {MostMegabytes} MB peak memory", megabytes / MostMegabytes,
            string.Create(CultureInfo.InvariantCulture, $"{megabytes:0} MB"), null, 1) && fast;
    }

    /// <summary>Reads a list to its end and keeps nothing of it.</summary>
    private static async Task<int> PagesAsync(BareClient client, string path)
    {
        int count = 0;
        string? next = "v1.0/" + path;
        while (next is not null)
        {
            using JsonDocument page = JsonDocument.Parse(await client.Http.GetByteArrayAsync(next));
            count += page.RootElement.GetProperty("value").GetArrayLength();
            next = page.RootElement.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
        }

        return count;
    }
}
