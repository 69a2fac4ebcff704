using System;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

/// <summary>The rules one by one. In the lists C is the connector account, G and H its groups, X a stranger.</summary>
public class AccessCheckTests
{
    private const string Reset = nameof(DirectoryRight.ResetPassword);
    private const string Change = nameof(DirectoryRight.ChangePassword);
    private const string Lockout = nameof(DirectoryRight.WriteLockoutTime);
    private const string LastSet = nameof(DirectoryRight.WritePasswordLastSet);
    private const string Unexpire = nameof(DirectoryRight.UnexpirePassword);

    private const string Granted = nameof(RightOutcome.Granted);
    private const string No = nameof(RightOutcome.NotGranted);
    private const string Unknown = nameof(RightOutcome.Unknown);

    [Theory]

    // Order: the first that counts decides.
    [InlineData("D:(A;;CR;;;C)(D;;CR;;;C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(D;;CR;;;C)(A;;CR;;;C)", Reset, No, "Denied", 0)]
    [InlineData("D:(A;;CR;;;X)(D;;CR;;;G)(A;;CR;;;C)", Reset, No, "Denied", 1)]
    [InlineData("D:(OA;;CR;{reset};;C)(D;ID;CR;;;C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;RP;;;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:", Reset, No, "EmptyList", null)]
    [InlineData("D:(A;;WPCR;;;C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;WPCR;;;C)", Lockout, Granted, "Allowed", 0)]
    [InlineData("D:(D;;WP;;;C)(A;;WPCR;;;C)", Reset, Granted, "Allowed", 1)]
    [InlineData("D:(D;;WP;;;C)(A;;WPCR;;;C)", LastSet, No, "Denied", 0)]

    // Extended rights.
    [InlineData("D:(OA;;CR;{reset};;C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;CR;;;C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;CR;{change};;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:(OA;;CR;{change};;C)", Change, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;CR;{set};;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:(OA;;WP;{reset};;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:(OD;;CR;{change};;C)(A;;CR;;;C)", Reset, Granted, "Allowed", 1)]
    [InlineData("D:(OA;;CR;{unexpire};;AU)", Unexpire, Granted, "Allowed", 0)]
    [InlineData("D:(OA;CIIO;CR;{unexpire};;C)", Unexpire, No, "OtherObjects", null)]
    [InlineData("D:(OA;CI;CR;{unexpire};;C)", Unexpire, Granted, "Allowed", 0)]

    // Attributes.
    [InlineData("D:(OA;;WP;{lockoutTime};;C)", Lockout, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;WP;{lockoutTime};;C)", LastSet, No, "NoEntry", null)]
    [InlineData("D:(OA;;WP;{pwdLastSet};;C)", LastSet, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;WP;{set};;C)", LastSet, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;WP;{set};;C)", Lockout, No, "NoEntry", null)]
    [InlineData("D:(OA;;WP;{user};;C)", Lockout, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;WP;{user};;C)", LastSet, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;WP;{inet};;C)", LastSet, No, "NoEntry", null)]
    [InlineData("D:(OA;;WP;;;C)", LastSet, Granted, "Allowed", 0)]
    [InlineData("D:(OA;;CR;;;C)", LastSet, No, "NoEntry", null)]
    [InlineData("D:(OD;;WP;{lockoutTime};;C)(OA;;WP;{set};;C)", LastSet, Granted, "Allowed", 1)]
    [InlineData("D:(OD;;WP;{set};;C)(OA;;WP;{pwdLastSet};;C)", LastSet, No, "Denied", 0)]
    [InlineData("D:(OA;;SW;{lockoutTime};;C)", Lockout, No, "NoEntry", null)]
    [InlineData("D:(OA;;RP;{lockoutTime};;C)", Lockout, No, "NoEntry", null)]

    // Generic bits and masks.
    [InlineData("D:(A;;GA;;;C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;GA;;;C)", Lockout, Granted, "Allowed", 0)]
    [InlineData("D:(A;;GW;;;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;GW;;;C)", Lockout, Granted, "Allowed", 0)]
    [InlineData("D:(A;;GRGX;;;C)", Lockout, No, "NoEntry", null)]
    [InlineData("D:(D;;0x0;;;C)(A;;CR;;;C)", Reset, Granted, "Allowed", 1)]
    [InlineData("D:(A;;0x2000100;;;C)", Reset, Granted, "Allowed", 0)]

    // Inheritance flags, and the class in them, which counts no more.
    [InlineData("D:(OA;CIIO;CR;{reset};{user};C)", Reset, No, "OtherObjects", null)]
    [InlineData("D:(OA;CIIOID;CR;{reset};{inet};C)", Reset, No, "OtherObjects", null)]
    [InlineData("D:(OA;CIID;CR;{reset};{inet};C)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(OD;CIIOID;CR;{reset};{inet};C)(OA;CIID;CR;{reset};{user};C)", Reset, Granted, "Allowed", 1)]

    // Who.
    [InlineData("D:(A;;CR;;;H)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;OLD)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;DU)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;RU)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;WD)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;NU)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;S-1-5-15)", Reset, Granted, "Allowed", 0)]
    [InlineData("D:(A;;CR;;;S-1-5-1000)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;IU)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;SU)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;AN)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;SY)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;AO)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;ED)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;CO)(A;;CR;;;CG)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;PS)", Reset, No, "NoEntry", null)]
    [InlineData("D:(A;;CR;;;S-1-5-64-10)", Reset, Unknown, "UnknownGroups", 0)]
    [InlineData("D:(A;;CR;;;S-1-18-1)(A;;CR;;;C)", Reset, Granted, "Allowed", 1)]

    // The owner, and who stands for the owner.
    [InlineData("O:SYD:(A;;CR;;;OW)", Reset, No, "NoEntry", null)]
    [InlineData("O:AUD:(A;;CR;;;OW)", Reset, Granted, "Allowed", 0)]
    [InlineData("O:AUD:(A;;RP;;;X)", Reset, No, "NoEntry", null)]

    // What the rules leave open.
    [InlineData("D:(OA;;CR;{zero};;C)", Reset, Unknown, "EmptyObjectType", 0)]
    [InlineData("D:(OA;;CR;{zero};;C)(OA;;CR;{reset};;C)", Reset, Granted, "Allowed", 1)]
    [InlineData("D:(OD;;CR;{zero};;C)(OA;;CR;{reset};;C)", Reset, Unknown, "EmptyObjectType", 0)]
    [InlineData("D:(OD;;CR;{zero};;C)(OA;;CR;{zero};;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:(OA;;CR;{user};;C)", Reset, Unknown, "ClassObjectType", 0)]
    [InlineData("D:(OA;;CR;{user};;X)", Reset, No, "NoEntry", null)]
    [InlineData("D:(OA;;CR;{inet};;C)", Reset, No, "NoEntry", null)]
    [InlineData("D:(OD;;CR;{user};;C)(D;;CR;;;C)", Reset, No, "Denied", 1)]
    public void Every_rule_gives_its_answer(string list, string right, string outcome, string cause, int? index)
    {
        RightAnswer answer = Cast.Ask(
            Cast.Descriptor(list), (DirectoryRight)Enum.Parse(typeof(DirectoryRight), right));
        Assert.Equal((outcome, cause, index), (answer.Outcome.ToString(), answer.Cause.ToString(), answer.Index));
    }

    [Fact]
    public void Self_is_the_account_where_the_account_is_the_object()
    {
        SecurityDescriptor list = Cast.Descriptor("D:(A;;CR;;;PS)");
        Assert.Equal(RightOutcome.Granted, Cast.Ask(list, DirectoryRight.ResetPassword, target: Cast.Connector).Outcome);
        RightAnswer unknown = AccessCheck.Judge(
            list, RightQuestion.Of(DirectoryRight.ResetPassword, Cast.Schema), new AccessTarget(null, DirectoryIds.User), Cast.Who());
        Assert.Equal((RightOutcome.Unknown, RightCause.UnknownIdentity), (unknown.Outcome, unknown.Cause));
    }

    [Fact]
    public void Without_a_list_everything_is_granted_where_the_list_was_asked_for_and_nothing_known_elsewhere()
    {
        SecurityDescriptor none = SecurityDescriptor.Of(Cast.Stranger, null, null);
        RightQuestion question = RightQuestion.Of(DirectoryRight.ResetPassword, Cast.Schema);
        AccessTarget target = new(Cast.Anna, DirectoryIds.User);
        Assert.Equal(RightOutcome.Granted, AccessCheck.Judge(none, question, target, Cast.Who()).Outcome);
        Assert.Equal(RightOutcome.Unknown, AccessCheck.Judge(none, question, target, Cast.Who(), listWasAsked: false).Outcome);
    }

    [Theory]
    [InlineData("D:(A;;CR;;;C)", Granted)]
    [InlineData("D:(A;;CR;;;G)(A;;CR;;;C)", Granted)]
    [InlineData("D:(D;;CR;;;X)(A;;CR;;;C)", Unknown)]
    [InlineData("D:(A;;CR;;;X)", Unknown)]
    [InlineData("D:(D;;CR;;;X)", No)]
    [InlineData("D:(D;;CR;;;X)(A;;CR;;;X)", No)]
    [InlineData("D:(A;;CR;;;SY)", No)]
    [InlineData("D:(D;;CR;;;IU)(A;;CR;;;C)", Granted)]
    public void Where_groups_are_not_known_only_what_is_certain_is_said(string list, string outcome)
    {
        Assert.Equal(outcome, Cast.Ask(Cast.Descriptor(list), DirectoryRight.ResetPassword, Cast.Who(groups: false)).Outcome.ToString());
        Assert.Equal(
            outcome, Cast.Ask(Cast.Descriptor(list), DirectoryRight.ResetPassword, Cast.Who(memberships: false)).Outcome.ToString());
    }

    [Theory]
    [InlineData(AceType.AllowConditional, "", Unknown)]
    [InlineData(AceType.AllowObjectConditional, "", Unknown)]
    [InlineData(AceType.DenyConditional, "", No)]
    [InlineData(AceType.DenyConditional, "D:(A;;CR;;;C)", Unknown)]
    [InlineData(AceType.DenyObjectConditional, "D:(A;;CR;;;C)", Unknown)]
    [InlineData(AceType.AllowConditional, "D:(A;;CR;;;C)", Granted)]
    [InlineData(AceType.DenyConditional, "D:(D;;CR;;;C)", No)]
    public void A_condition_counts_both_ways(object type, string behind, string outcome)
    {
        Ace conditional = Ace.Of(
            (AceType)type, AceFlags.None, AccessMask.ControlAccess, null, null, Cast.Connector,
            new byte[] { 0x61, 0x72, 0x74, 0x78, 1, 2 });
        Assert.True(conditional.HasCondition);
        SecurityDescriptor descriptor = SecurityDescriptor.Of(
            Cast.Stranger, null,
            new[] { conditional }.Concat(behind.Length == 0 ? Array.Empty<Ace>() : Cast.Descriptor(behind).Dacl!).ToArray());
        SecurityDescriptor read = SecurityDescriptorTests.Read(descriptor.ToBytes());
        RightAnswer answer = Cast.Ask(read, DirectoryRight.ResetPassword);
        Assert.Equal(outcome, answer.Outcome.ToString());
        Assert.Equal(outcome == Unknown ? RightCause.Condition : answer.Cause, answer.Cause);
    }

    [Fact]
    public void An_attribute_follows_the_schema_into_the_set_that_an_organisation_put_it_in()
    {
        Guid own = new("11111111-2222-3333-4444-555555555555");
        SecurityDescriptor list = Cast.Descriptor($"D:(OA;;WP;{own};;C)");
        RightOutcome Ask(RightsSchema schema) => AccessCheck.Judge(
            list, RightQuestion.Of(DirectoryRight.WriteLockoutTime, schema), new AccessTarget(Cast.Anna, DirectoryIds.User), Cast.Who())
            .Outcome;
        Assert.Equal(RightOutcome.NotGranted, Ask(Cast.Schema));
        Assert.Equal(RightOutcome.Granted, Ask(Cast.Schema with { LockoutTime = new SchemaAttribute(DirectoryIds.LockoutTime, own) }));
        Assert.Equal(RightOutcome.Unknown, Ask(Cast.Schema with { LockoutTime = null }));
    }

    [Fact]
    public void Of_an_unknown_class_an_unknown_id_may_be_its_own()
    {
        SecurityDescriptor list = Cast.Descriptor("D:(OA;;WP;11111111-2222-3333-4444-555555555555;;C)");
        RightAnswer answer = AccessCheck.Judge(
            list, RightQuestion.Of(DirectoryRight.WritePasswordLastSet, Cast.Schema), new AccessTarget(Cast.Anna, null), Cast.Who());
        Assert.Equal((RightOutcome.Unknown, RightCause.UnknownSchema), (answer.Outcome, answer.Cause));
    }

    [Theory]
    [InlineData("O:AUD:(A;;RP;;;X)", true)]
    [InlineData("O:AUD:(A;;RP;;;OW)", false)]
    [InlineData("O:AUD:(A;CIIO;RP;;;OW)", true)]
    [InlineData("O:SYD:(A;;WD;;;G)", true)]
    [InlineData("O:SYD:(A;;WO;;;G)", true)]
    [InlineData("O:SYD:(OA;;WD;{reset};;G)", false)]
    [InlineData("O:SYD:(D;;WD;;;C)(A;;WD;;;G)", false)]
    [InlineData("O:SYD:(A;;RC;;;C)", false)]
    public void Who_may_write_the_list_could_grant_it_to_himself(string list, bool could) =>
        Assert.Equal(
            could, AccessCheck.CouldGrantItself(Cast.Descriptor(list), new AccessTarget(Cast.Anna, DirectoryIds.User), Cast.Who()));

    [Theory]
    [InlineData("D:(D;;CR;;;X)(OD;;CR;;;X)(A;;CR;;;X)(OA;;CR;;;X)(D;ID;CR;;;X)(A;ID;CR;;;X)(D;ID;CR;;;X)", true)]
    [InlineData("D:(OA;;CR;;;X)(A;;CR;;;X)", true)]
    [InlineData("D:(A;;CR;;;X)(D;;CR;;;X)", false)]
    [InlineData("D:(A;ID;CR;;;X)(A;;CR;;;X)", false)]
    [InlineData("D:", true)]
    public void Order_is_told(string list, bool inOrder) => Assert.Equal(inOrder, Cast.Descriptor(list).IsInOrder);

    [Theory]
    [InlineData("(OA;CIIO;CR;{reset};{user};C)", "(OA;CIID;CR;{reset};{user};C)")]
    [InlineData("(OA;CIIO;CR;{reset};{inet};C)", "(OA;CIIOID;CR;{reset};{inet};C)")]
    [InlineData("(OA;CINP;CR;{reset};{user};C)", "(OA;ID;CR;{reset};{user};C)")]
    [InlineData("(OA;CINP;CR;{reset};{inet};C)", "")]
    [InlineData("(A;CI;CR;;;C)", "(A;CIID;CR;;;C)")]
    [InlineData("(A;OICIIO;CR;;;C)", "(A;OICIID;CR;;;C)")]
    [InlineData("(A;OI;CR;;;C)", "")]
    [InlineData("(A;;CR;;;C)", "")]
    [InlineData("(A;CI;CR;;;C)(D;CI;CR;;;G)", "(D;CIID;CR;;;G)(A;CIID;CR;;;C)")]
    public void A_new_user_gets_what_the_container_passes_on(string container, string user)
    {
        SecurityDescriptor own = SecurityDescriptor.Of(null, null, Array.Empty<Ace>());
        bool sorted = container.Contains("(D;");
        SecurityDescriptor above = sorted
            ? SecurityDescriptor.Of(null, null, Cast.Descriptor("D:" + container).Dacl!.OrderBy(ace => ace.Allows).ToArray())
            : Cast.Descriptor("D:" + container);
        SecurityDescriptor made = Inheritance.NewObject(above, DirectoryIds.User, own);
        Assert.Equal(Cast.Descriptor("D:AI" + user).Dacl!.Select(Sddl.Entry), made.Dacl!.Select(Sddl.Entry));
    }

    /// <summary>What a domain has before anybody granted anything.</summary>
    [Fact]
    public void In_a_domain_as_it_is_made_only_unexpire_is_granted()
    {
        SecurityDescriptor root = Cast.Descriptor(FakeRights.DefaultRoot);
        Assert.Equal(RightOutcome.Granted, Cast.Ask(root, DirectoryRight.UnexpirePassword, classId: DirectoryIds.DomainClass).Outcome);
        SecurityDescriptor user = Inheritance.NewObject(
            root, DirectoryIds.User, Sddl.TryRead(Cast.UserDefault, Cast.Domain, Cast.Domain)!);
        foreach (DirectoryRight right in UserJudge.Required)
        {
            Assert.Equal(RightOutcome.NotGranted, Cast.Ask(user, right).Outcome);
        }

        Assert.Equal(RightOutcome.Granted, Cast.Ask(user, DirectoryRight.ChangePassword).Outcome);
        Identities administrator = new(Cast.Connector, Cast.Token() with
        {
            Parts = new[] { new TokenPart { Sid = Cast.Domain.Member(512), Origin = TokenOrigin.Group } },
        });
        Assert.All(
            UserJudge.Required, right => Assert.Equal(RightOutcome.Granted, Cast.Ask(user, right, administrator).Outcome));
    }
}
