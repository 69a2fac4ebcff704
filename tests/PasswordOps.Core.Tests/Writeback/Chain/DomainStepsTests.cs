using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Tests.Reset;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Tests.Writeback.Chain;

public class DomainStepsTests
{
    private const string Sid = "S-1-5-21-1-2-3-1105";
    private readonly FakeClock clock = new();
    private readonly FakeDirectory tenant;
    private readonly FakeDomain domain;

    public DomainStepsTests()
    {
        tenant = new FakeDirectory(clock);
        tenant.Users["bram@contoso.com"] = new DirectoryUser
        {
            Id = "7e9b0c44-1f2a-4d6b-a5c3-90d8e7f6b522", UserPrincipalName = "bram@contoso.com", OnPremisesSyncEnabled = true,
            OnPremisesSecurityIdentifier = Sid,
        };
        domain = new FakeDomain(clock)
        {
            Controller = new DomainController
            {
                Name = "dc1.corp.contoso.com", DomainName = "DC=corp,DC=contoso,DC=com", CanEnforceHistory = true,
                ClockSkew = TimeSpan.FromSeconds(2),
            },
            Conditions = Sound,
        };
    }

    private static DomainConditions Sound => new()
    {
        Policy = Policy(0, null), FineGrained = Array.Empty<DomainPasswordPolicy>(), IsReadByAll = true,
        AwkwardUnits = Array.Empty<string>(),
    };

    [Fact]
    public async Task A_sound_domain_passes_and_the_connection_is_closed()
    {
        CheckResult[] checks = await DomainAsync();
        Assert.Equal(6, checks.Length);
        Assert.All(checks, check => Assert.Equal((check.Id, Verdict.Pass), (check.Id, check.Verdict)));
        Assert.All(checks, check => Assert.Equal("dc1.corp.contoso.com", check.Target));
        Assert.True(domain.IsDisposed);
    }

    public static IEnumerable<object?[]> Changes()
    {
        yield return Case(c => c with { Policy = Policy(1, null) }, null, "policy", Verdict.Warn, "kept for 1 days");
        yield return Case(c => c with { Policy = new() }, null, "policy", Verdict.Unknown, "may not be read");
        yield return Case(c => c with { FineGrained = null }, null, "fineGrained", Verdict.Unknown, "may not be read");
        yield return Case(c => c with { FineGrained = new[] { Policy(2, "CN=Admins,CN=x") } }, null, "fineGrained", Verdict.Warn,
            "CN=Admins");
        yield return Case(c => c with { FineGrained = new[] { Policy(0, "CN=Admins,CN=x") } }, null, "fineGrained", Verdict.Pass,
            "No fine");
        yield return Case(c => c with { IsReadByAll = false }, null, "readers", Verdict.Warn, "not in Pre-Windows 2000");
        yield return Case(c => c with { IsReadByAll = null }, null, "readers", Verdict.Unknown, "may not be read");
        yield return Case(c => c with { AwkwardUnits = new[] { "Sales, North" } }, null, "units", Verdict.Warn, "Sales, North");
        yield return Case(c => c with { AwkwardUnits = null }, null, "units", Verdict.Unknown, "may not be read");
        yield return Case(null, c => c with { CanEnforceHistory = false }, "hints", Verdict.Fail, "6329");
        yield return Case(null, c => c with { IsReadOnly = true }, "hints", Verdict.Warn, "read-only");
        yield return Case(null, c => c with { ClockSkew = TimeSpan.FromMinutes(-7) }, "clock", Verdict.Warn, "7 minutes apart");
        yield return Case(null, c => c with { ClockSkew = null }, "clock", Verdict.Unknown, "does not tell its time");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Each_change_to_a_sound_domain_shows_in_its_check(
        Func<DomainConditions, DomainConditions>? conditions, Func<DomainController, DomainController>? controller, string id,
        Verdict verdict, string reason)
    {
        domain.Conditions = conditions?.Invoke(Sound) ?? Sound;
        domain.Controller = controller?.Invoke(domain.Controller) ?? domain.Controller;
        CheckResult check = (await DomainAsync()).Single(one => one.Id == "writeback.domain." + id);
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(reason, check.Reason);
        Assert.Equal(verdict != Verdict.Pass, check.Fix is not null);
    }

    [Fact]
    public async Task Conditions_that_cannot_be_read_leave_what_the_controller_said()
    {
        domain.Refusal = new PasswordOpsException("AdConnectionLost", ErrorKind.Connection, "It broke.", "Try again.");
        CheckResult[] checks = await DomainAsync();
        Assert.Equal(
            new[] { "hints Pass", "readers Unknown", "policy Unknown", "fineGrained Unknown", "units Unknown", "clock Pass" },
            checks.Select(check => check.Id.Substring("writeback.domain.".Length) + " " + check.Verdict));
    }

    [Theory]
    [InlineData("", "account", Verdict.Pass, "can take a password")]
    [InlineData("disabled", "account", Verdict.Fail, "33005")]
    [InlineData("protected", "account", Verdict.Fail, "adminCount")]
    [InlineData("locked", "account", Verdict.Warn, "33006")]
    [InlineData("expired", "account", Verdict.Warn, "expired at")]
    [InlineData("expires", "account", Verdict.Pass, "can take a password")]
    [InlineData("smartcard", "account", Verdict.Warn, "smart card")]
    [InlineData("never", "account", Verdict.Warn, "never expires")]
    [InlineData("", "policy", Verdict.Pass, "allows another password")]
    [InlineData("fresh", "policy", Verdict.Warn, "must be kept until 2026-08-19 08:00:00 UTC")]
    [InlineData("hidden", "policy", Verdict.Unknown, "CN=Strict")]
    [InlineData("", "name", Verdict.Pass, "No organizational unit")]
    [InlineData("unit", "name", Verdict.Warn, "'R+D'")]
    [InlineData("", "source", Verdict.Pass, "Microsoft 365 admin center")]
    [InlineData("cloud", "source", Verdict.Fail, "not synced")]
    public async Task The_state_of_a_user_shows_in_its_check(string state, string id, Verdict verdict, string reason)
    {
        domain.Add(Sid, account => state switch
        {
            "disabled" => account with { IsDisabled = true },
            "protected" => account with { IsProtected = true },
            "locked" => account with { IsLockedOut = true },
            "expired" => account with { Expires = clock.UtcNow.AddMinutes(-1) },
            "expires" => account with { Expires = clock.UtcNow.AddMinutes(1) },
            "smartcard" => account with { SmartCardRequired = true },
            "never" => account with { PasswordNeverExpires = true },
            "fresh" => account with { PasswordLastSet = clock.UtcNow.AddHours(-1), Policy = Policy(1, null) },
            "hidden" => account with { Policy = new DomainPasswordPolicy { FineGrained = "CN=Strict" } },
            "unit" => account with { DistinguishedName = @"CN=Bram\, B,OU=R\+D,OU=Staff,DC=corp,DC=contoso,DC=com" },
            _ => account,
        });
        if (state is not "hidden" and not "fresh")
        {
            domain.Accounts[Sid] = domain.Accounts[Sid] with { Policy = Policy(0, null) };
        }

        if (state == "cloud")
        {
            tenant.Users["bram@contoso.com"] = tenant.Users["bram@contoso.com"] with { OnPremisesSyncEnabled = null };
        }

        CheckResult check = (await UserAsync(true, true)).Single(one => one.Id == "writeback.user." + id);
        Assert.Equal((verdict, true), (check.Verdict, check.Reason.Contains(reason)));
        Assert.Equal(verdict != Verdict.Pass, check.Fix is not null);
    }

    [Fact]
    public async Task A_side_that_was_not_asked_is_unknown()
    {
        domain.Add(Sid, account => account with { Policy = Policy(0, null) });
        Assert.Equal(
            new List<Verdict> { Verdict.Pass, Verdict.Unknown, Verdict.Unknown, Verdict.Unknown },
            (await UserAsync(true, false)).Select(check => check.Verdict));
        domain.Accounts["bram@contoso.com"] = domain.Accounts[Sid];
        Assert.Equal(
            new List<Verdict> { Verdict.Unknown, Verdict.Pass, Verdict.Pass, Verdict.Pass },
            (await UserAsync(false, true)).Select(check => check.Verdict));
    }

    [Fact]
    public async Task A_user_that_nobody_knows_is_unknown_on_both_sides()
    {
        Assert.All(await UserAsync(true, true, "nobody@contoso.com"), check => Assert.Equal(Verdict.Unknown, check.Verdict));
    }

    [Theory]
    [InlineData("OU=Staff,DC=x", "")]
    [InlineData(@"CN=Doe\, John,OU=Staff,DC=x", "")]
    [InlineData(@"OU=Sales\, North,DC=x", "Sales, North")]
    [InlineData(@"OU=Sales\2C North,DC=x", "Sales, North")]
    [InlineData(@"OU=\#1,DC=x", "#1")]
    [InlineData(@"OU=\ Lead,OU=Trail\ ,DC=x", " Lead|Trail ")]
    [InlineData("OU=a/b,DC=x", "a/b")]
    [InlineData(@"OU=a\\b,DC=x", @"a\b")]
    [InlineData(@"OU=a\0Ab,DC=x", "a\nb")]
    [InlineData(@"OU=\C3\A9t\C3\A9,DC=x", "")]
    [InlineData(@"OU=x\", @"x\")]
    [InlineData("", "")]
    public void Reserved_characters_are_found_behind_their_escapes(string name, string units) =>
        Assert.Equal(units, string.Join("|", ReservedCharacters.UnitsOf(name)));

    private static DomainPasswordPolicy Policy(int days, string? fineGrained) => new()
    {
        FineGrained = fineGrained, MinimumAge = TimeSpan.FromDays(days), MaximumAge = TimeSpan.MaxValue, MinimumLength = 8,
        HistoryLength = 24, Complexity = true,
    };

    private static object?[] Case(
        Func<DomainConditions, DomainConditions>? conditions, Func<DomainController, DomainController>? controller, string id,
        Verdict verdict, string reason) => new object?[] { conditions, controller, id, verdict, reason };

    private async Task<CheckResult[]> DomainAsync() =>
        (await DomainSteps.Of("dc1", _ => Task.FromResult<IActiveDirectory>(domain), clock).Look(CancellationToken.None)).Checks.ToArray();

    private async Task<CheckResult[]> UserAsync(bool cloud, bool directory, string user = "bram@contoso.com") =>
        (await UserSteps.Of(
            user, cloud ? tenant : null, directory ? _ => Task.FromResult<IActiveDirectory>(domain) : null, clock)
            .Look(CancellationToken.None)).Checks.ToArray();
}
