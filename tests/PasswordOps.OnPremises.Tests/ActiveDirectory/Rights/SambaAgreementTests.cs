using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.SambaDomain;
using PasswordOps.Tests.Shared;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>What is worked out from descriptors, against what a domain controller does with the same ones.</summary>
[Collection(RightsCollection.Name)]
public class SambaAgreementTests
{
    private const int Descriptors = 2_000;
    private const string Caller = "svc-nested";

    private readonly RightsFixture fixture;

    public SambaAgreementTests(RightsFixture fixture)
    {
        this.fixture = fixture;
    }

    [SkippableFact]
    public async Task Generated_descriptors_are_judged_as_the_domain_controller_judges_them()
    {
        RunningDomain domain = fixture.Domain;
        string unit = "OU=Generated," + fixture.BaseDn;
        string service = "OU=Service," + fixture.BaseDn;
        string[] trustees =
        {
            domain[Caller].SecurityIdentifier, domain[Caller].SecurityIdentifier,
            domain.Read("CN=Writers Inner," + service, "objectSid")!, domain.Read("CN=Writers Outer," + service, "objectSid")!,
            "AU", "WD", "NU", "BU", "RU", "DU", "PS", "DA", "SY", "IU", "CO", domain["svc-none"].SecurityIdentifier,
        };
        GeneratedDescriptors generated = new(20_261_120, trustees);
        string[] names = Enumerable.Range(0, Descriptors).Select(i => "gen" + i).ToArray();
        domain.AddUsers(
            unit, names, _ => generated.Next(),
            $"(OA;CIIO;WP;28630ebf-41d5-11d1-a9c1-0000f80367c1;bf967aba-0de6-11d0-a285-00aa003049e2;{trustees[2]})");

        using IDirectoryRights rights = await fixture.OpenAsync();
        Judge judge = await Judge.AsAsync(rights, Caller);
        using SambaLine line = new(domain, Caller);
        Dictionary<string, string[]> effective = line
            .Search(unit, SearchScope.OneLevel, "(objectClass=user)", "allowedAttributesEffective")
            .ToDictionary(entry => entry.DistinguishedName, Values, StringComparer.OrdinalIgnoreCase);

        List<string> mismatches = new();
        Dictionary<(DirectoryRight, RightOutcome), int> seen = new();
        await rights.ReadUsersAsync(
            new RightsUserQuery { SearchBase = unit },
            page =>
            {
                foreach (DirectoryObject user in page)
                {
                    string[] may = effective[user.DistinguishedName];
                    Compare(user, DirectoryRight.WriteLockoutTime, may.Contains("lockoutTime"));
                    Compare(user, DirectoryRight.WritePasswordLastSet, may.Contains("pwdLastSet"));
                    Compare(user, DirectoryRight.ResetPassword, line.TryReset(user.DistinguishedName));
                }
            },
            CancellationToken.None);

        Assert.True(mismatches.Count == 0, $"{mismatches.Count} differ:\n" + string.Join("\n", mismatches.Take(20)));
        Assert.Equal(3 * Descriptors, seen.Values.Sum());

        // Both answers come often: the comparison could have failed.
        foreach (DirectoryRight right in new[]
        {
            DirectoryRight.WriteLockoutTime, DirectoryRight.WritePasswordLastSet, DirectoryRight.ResetPassword,
        })
        {
            Assert.All(
                new[] { RightOutcome.Granted, RightOutcome.NotGranted },
                outcome => Assert.True(seen[(right, outcome)] > Descriptors / 10, $"{right} {outcome}: {seen[(right, outcome)]}"));
        }

        void Compare(DirectoryObject user, DirectoryRight right, bool truth)
        {
            RightAnswer answer = judge.Of(user, right);
            seen[(right, answer.Outcome)] = seen.TryGetValue((right, answer.Outcome), out int count) ? count + 1 : 1;
            if (answer.Outcome != (truth ? RightOutcome.Granted : RightOutcome.NotGranted))
            {
                mismatches.Add($"{right}: {answer.Outcome} here, {truth} there; {Judge.Descriptor(user)}");
            }
        }
    }

    /// <summary>Where Samba does otherwise than the specification, the specification counts.</summary>
    [SkippableFact]
    public async Task Where_Samba_differs_the_specification_counts()
    {
        RunningDomain domain = fixture.Domain;
        string me = domain["svc-none"].SecurityIdentifier;
        string[] descriptors =
        {
            $"O:DAG:DAD:P(A;;RPLCLORC;;;AU)(OA;;CR;;{User};{me})",
            $"O:DAG:DAD:P(A;;RPLCLORC;;;AU)(OA;;CR;bf967a0a-0de6-11d0-a285-00aa003049e2;;{me})",
            $"O:DAG:DAD:P(A;;RPLCLORC;;;AU)(A;;CR;;;{me})",
            $"O:{me}G:DAD:P(A;;RPLCLORC;;;AU)(A;;WP;;;OW)",
            $"O:{me}G:DAD:P(A;;RPLCLORC;;;AU)",
        };
        string unit = "OU=Differences," + fixture.BaseDn;
        domain.AddUsers(unit, Enumerable.Range(0, descriptors.Length).Select(i => "diff" + i), i => descriptors[i]);
        using IDirectoryRights rights = await fixture.OpenAsync();
        Judge judge = await Judge.AsAsync(rights, "svc-none");
        using SambaLine line = new(domain, "svc-none");

        // Control access without an object type, or on an attribute: no right to write.
        Assert.Equal((false, true), await LockoutTime(0));
        Assert.Equal((false, true), await PasswordLastSet(1));

        // As a simple entry it means the same to both.
        Assert.Equal((false, false), await LockoutTime(2));

        // OWNER RIGHTS counts for who owns the object.
        Assert.Equal((true, false), await LockoutTime(3));

        // An owner may write the list, for both: not the right, but the way to it.
        DirectoryObject owned = (await rights.ReadObjectAsync(Dn(4), CancellationToken.None))!;
        Assert.True(judge.CouldGrantItself(owned));
        Assert.True(line.TryReplace(
            Dn(4), "nTSecurityDescriptor", owned.Descriptor!, new SecurityDescriptorFlagControl(SecurityMasks.Dacl)));

        string Dn(int i) => $"CN=diff{i},{unit}";
        Task<(bool Here, bool There)> LockoutTime(int i) => Both(i, DirectoryRight.WriteLockoutTime, "lockoutTime");
        Task<(bool Here, bool There)> PasswordLastSet(int i) => Both(i, DirectoryRight.WritePasswordLastSet, "pwdLastSet");
        async Task<(bool Here, bool There)> Both(int i, DirectoryRight right, string attribute)
        {
            DirectoryObject user = (await rights.ReadObjectAsync(Dn(i), CancellationToken.None))!;
            SearchResultEntry entry = Assert.Single(line.Search(Dn(i), SearchScope.Base, "(objectClass=*)", "allowedAttributesEffective"));
            return (judge.Of(user, right).Outcome == RightOutcome.Granted, Values(entry).Contains(attribute));
        }
    }

    private const string User = "bf967aba-0de6-11d0-a285-00aa003049e2";

    private static string[] Values(SearchResultEntry entry) =>
        entry.Attributes["allowedAttributesEffective"]?.GetValues(typeof(string)).Cast<string>().ToArray() ?? Array.Empty<string>();

    /// <summary>The product's judgement for one account.</summary>
    private sealed class Judge
    {
        private readonly Identities who;
        private readonly RightsSchema schema;

        private Judge(Identities who, RightsSchema schema)
        {
            this.who = who;
            this.schema = schema;
        }

        public static async Task<Judge> AsAsync(IDirectoryRights rights, string name)
        {
            ConnectorAccount account = Assert.Single(await rights.FindAccountsAsync(name, CancellationToken.None));
            AccountToken token = await rights.ReadTokenAsync(account, WellKnown.OfEveryCaller, CancellationToken.None);
            return new Judge(new Identities(account.Sid, token), await rights.ReadSchemaAsync(CancellationToken.None));
        }

        public static SecurityDescriptor Descriptor(DirectoryObject user) =>
            SecurityDescriptor.TryRead(user.Descriptor!, out string? fault) ?? throw new InvalidOperationException(fault);

        public RightAnswer Of(DirectoryObject user, DirectoryRight right) =>
            AccessCheck.Judge(Descriptor(user), RightQuestion.Of(right, schema), Target(user), who);

        public bool CouldGrantItself(DirectoryObject user) => AccessCheck.CouldGrantItself(Descriptor(user), Target(user), who);

        private AccessTarget Target(DirectoryObject user) =>
            new(user.Sid, schema.Classes.First(one => one.Name == user.ObjectClass).Id);
    }
}
