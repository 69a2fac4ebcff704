using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace PasswordOps.Benchmarks;

/// <summary>
/// Test-AadPasswordReset for 10,000 users by name at 100 ms latency, against bare paging of those users, with the same properties, and of
/// the role assignments. Both are timed in turn; the medians count.
/// </summary>
internal static class ResetCheckBenchmark
{
    private const double Limit = 1.3;
    private const int Users = 10_000;

    private const string Properties =
        "id,userPrincipalName,displayName,userType,accountEnabled,onPremisesSyncEnabled,onPremisesDomainName,onPremisesSamAccountName,"
        + "onPremisesSecurityIdentifier,onPremisesDistinguishedName,onPremisesLastSyncDateTime,externalUserState,assignedLicenses,"
        + "lastPasswordChangeDateTime,passwordPolicies,isManagementRestricted,creationType,identities,mobilePhone,businessPhones,"
        + "otherMails";

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(Users, latency: 100);
        using BareClient client = BareClient.ConnectAsync(practice).GetAwaiter().GetResult();
        List<JsonElement> users = client.ListAsync("users?$select=id,userPrincipalName&$top=999").GetAwaiter().GetResult();
        string names = Path.Combine(practice.Folder, "users.txt");
        File.WriteAllLines(
            names, users.Select(user => user.GetProperty("userPrincipalName").GetString() ?? user.GetProperty("id").GetString()!));

        // The first round on either side warms up: connections, compiled code.
        int timed = Math.Min(rounds, 5);
        List<double> bare = new();
        for (int i = 0; i <= timed; i++)
        {
            bare.Add(Bare(client).GetAwaiter().GetResult());
        }

        string script =
            $"Import-Module '{Subjects.Module}'; $null = Connect-PasswordOps -PracticeTenant (Get-Content -Raw '{practice.ReadyFile}'); "
            + $"$names = [IO.File]::ReadAllLines('{names}'); "
            + $"foreach ($i in 0..{timed}) {{ $w = [Diagnostics.Stopwatch]::StartNew(); $rows = $names | Test-AadPasswordReset; $w.Stop(); "
            + $"if (@($rows).Count -ne {users.Count}) {{ throw 'not all users were answered' }}; "
            + "$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture) }";
        double[] ours = Subjects.Pwsh(script).Split('\n')
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        return Figure.Print(
            "resetcheck", "bare paging of users and role assignments", Figure.Median(ours.Skip(1).ToArray()),
            Figure.Median(bare.Skip(1).ToArray()), atMost: Limit);
    }

    private static async Task<double> Bare(BareClient client)
    {
        Stopwatch watch = Stopwatch.StartNew();
        await client.ListAsync($"users?$select={Properties}&$top=999");
        await client.ListAsync("roleManagement/directory/roleAssignments?$expand=roleDefinition");
        return watch.Elapsed.TotalMilliseconds;
    }
}
