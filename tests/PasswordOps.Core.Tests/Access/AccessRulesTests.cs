using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Access;

public class AccessRulesTests
{
    private const string Password = "966707d0-3269-4727-9be2-8c3a10f19b9d";
    private const string Helpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
    private const string Auth = "c4e39bd9-1100-46d3-8c65-fb160da0071f";
    private const string UserAdmin = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    private const string PrivAuth = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";
    private const string Global = "62e90394-69f5-4237-9190-012177145e10";
    private const string PrivRole = "e8611ab8-c189-46e8-94e1-60213ab1f814";
    private const string Exchange = "29232cdf-9323-42fd-ade2-1d097af3e4de";
    private const string Readers = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
    private const string GlobalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

    [Fact]
    public void Where_the_documents_conflict_the_answer_warns_with_both_readings()
    {
        AccessAnswer answer = AccessRules.CanWriteProfile(FakeDirectory.Holding(Helpdesk), new Standing(), false);
        Assert.Equal(Verdict.Warn, answer.Verdict);
        Assert.Contains("conflict", answer.Reason);
    }

    [Fact]
    public void The_most_protected_role_of_several_decides()
    {
        Standing target = FakeDirectory.Holding("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", UserAdmin);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(FakeDirectory.Holding(Helpdesk), target, false).Verdict);
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(FakeDirectory.Holding(Helpdesk, UserAdmin), target, false).Verdict);
    }

    [Fact]
    public void A_refusal_names_what_is_held_what_is_had_and_what_would_do()
    {
        AccessAnswer answer = AccessRules.CanResetPassword(FakeDirectory.Holding(Helpdesk), FakeDirectory.Holding(UserAdmin), false);
        Assert.Equal(Verdict.Fail, answer.Verdict);
        Assert.Contains("Helpdesk Administrator", answer.Reason);
        Assert.Contains("User Administrator", answer.Reason);
        Assert.Equal(
            new[] { "User Administrator", "Privileged Authentication Administrator", "Global Administrator" }, answer.RolesThatWould);
    }

    [Fact]
    public void A_role_over_an_administrative_unit_reaches_its_plain_members_only()
    {
        Standing actor = new() { Roles = new[] { new HeldRole(Helpdesk, string.Empty, "/administrativeUnits/east") } };
        Standing inside = new() { AdministrativeUnits = new[] { "east" } };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(actor, inside, false).Verdict);
        Assert.Equal(
            Verdict.Fail, AccessRules.CanResetPassword(actor, new Standing { AdministrativeUnits = new[] { "west" } }, false).Verdict);
        Standing admin = inside with { Roles = FakeDirectory.Holding("88d8e3e3-8f55-4a1e-953a-9b9898b8876b").Roles };
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(actor, admin, false).Verdict);
    }

    [Fact]
    public void A_refusal_tells_what_a_scoped_role_does_not_reach()
    {
        Standing actor = new() { Roles = new[] { new HeldRole(Helpdesk, string.Empty, "/administrativeUnits/east") } };
        Standing outside = new() { AdministrativeUnits = new[] { "west" } };
        Assert.EndsWith(
            "the caller has Helpdesk Administrator over an administrative unit or object that does not take in this user.",
            AccessRules.CanResetPassword(actor, outside, false).Reason);
        Standing admin = FakeDirectory.Holding("88d8e3e3-8f55-4a1e-953a-9b9898b8876b") with { AdministrativeUnits = new[] { "east" } };
        Assert.EndsWith(
            "Helpdesk Administrator over an administrative unit of this user, which reaches only users without a role.",
            AccessRules.CanResetPassword(actor, admin, false).Reason);
    }

    [Fact]
    public void A_refusal_does_not_deny_the_role_of_an_administrator_in_a_role_assignable_group()
    {
        Standing target = FakeDirectory.Holding(Global) with { RoleAssignableGroups = new[] { "keys" } };
        Assert.Contains(
            "(holds: Global Administrator; member or owner of a role-assignable group)",
            AccessRules.CanResetPassword(FakeDirectory.Holding(Helpdesk), target, false).Reason);
    }

    [Fact]
    public void Setting_a_password_in_the_profile_takes_the_stricter_table()
    {
        Standing helpdesk = FakeDirectory.Holding(Helpdesk);
        Assert.Equal(Verdict.Pass, AccessRules.CanSetPassword(FakeDirectory.Holding(UserAdmin), helpdesk, false).Verdict);
        AccessAnswer open = AccessRules.CanSetPassword(helpdesk, new Standing(), false);
        Assert.Equal(Verdict.Warn, open.Verdict);
        Assert.Contains("User Administrator", open.Fix);
        AccessAnswer none = AccessRules.CanSetPassword(new Standing(), new Standing(), false);
        Assert.Equal(Verdict.Fail, none.Verdict);
        Assert.DoesNotContain("Password Administrator", none.Fix);
    }

    [Fact]
    public void A_restricted_unit_keeps_tenant_wide_roles_out_and_lets_its_own_in()
    {
        Standing target = new() { AdministrativeUnits = new[] { "vault" }, RestrictedUnits = new[] { "vault" } };
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(FakeDirectory.Holding(Global), target, true).Verdict);
        Standing scoped = new() { Roles = new[] { new HeldRole(Auth, string.Empty, "/administrativeUnits/vault") } };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(scoped, target, true).Verdict);
        Standing admin = target with { Roles = FakeDirectory.Holding(UserAdmin).Roles };
        AccessAnswer nobody = AccessRules.CanResetPassword(scoped, admin, true);
        Assert.Equal(Verdict.Fail, nobody.Verdict);
        Assert.Contains("nobody", nobody.Reason);
    }

    [Fact]
    public void A_custom_role_is_followed_where_the_limited_roles_agree_and_unknown_where_they_do_not()
    {
        Standing actor = new()
        {
            Roles = new[]
            {
                new HeldRole("c0ffee", "Desk", "/") { IsBuiltIn = false, Actions = new[] { "microsoft.directory/users/password/update" } },
            },
        };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(actor, new Standing(), false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(actor, FakeDirectory.Holding(Global), false).Verdict);
        Assert.Equal(Verdict.Unknown, AccessRules.CanResetPassword(actor, FakeDirectory.Holding(UserAdmin), false).Verdict);
    }

    [Fact]
    public void Authentication_methods_are_written_by_three_roles_only()
    {
        foreach (string id in new[] { Password, Helpdesk, UserAdmin, PrivRole })
        {
            Assert.Equal(Verdict.Fail, AccessRules.CanWriteMethods(FakeDirectory.Holding(id), new Standing(), false).Verdict);
        }

        foreach (string id in new[] { Auth, PrivAuth, Global })
        {
            Assert.Equal(Verdict.Pass, AccessRules.CanWriteMethods(FakeDirectory.Holding(id), new Standing(), false).Verdict);
        }

        Assert.Equal(
            Verdict.Fail, AccessRules.CanWriteMethods(FakeDirectory.Holding(Auth), FakeDirectory.Holding(UserAdmin), false).Verdict);
    }

    [Fact]
    public void Deprecated_partner_roles_do_what_they_did()
    {
        Standing tier2 = FakeDirectory.Holding("e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8");
        Standing tier1 = FakeDirectory.Holding("4ba39ca4-527c-499a-b93d-d9b492c50246");
        AccessAnswer everybody = AccessRules.CanResetPassword(tier2, FakeDirectory.Holding(Global), false);
        Assert.Equal((Verdict.Pass, AccessRule.DeprecatedRole), (everybody.Verdict, everybody.Rule));
        Assert.Contains("Replace", everybody.Fix);
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(tier1, new Standing(), false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(tier1, FakeDirectory.Holding(Helpdesk), false).Verdict);
        Assert.Equal(
            Verdict.Fail, AccessRules.CanResetPassword(tier1, new Standing { RoleAssignableGroups = new[] { "keys" } }, false).Verdict);

        // They reset, and the table of sensitive actions has no column for them; on methods nothing is said of them.
        Assert.True(AccessRules.CanWriteProfile(tier2, FakeDirectory.Holding(Global), false).IsConflict);
        Assert.Equal(Verdict.Fail, AccessRules.CanWriteMethods(tier2, new Standing(), false).Verdict);

        // As what a target holds they are roles like any other.
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(FakeDirectory.Holding(UserAdmin), tier1, false).Verdict);
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(FakeDirectory.Holding(PrivAuth), tier1, false).Verdict);
    }

    [Fact]
    public void Roles_outside_the_table_reset_nobody()
    {
        foreach (string id in new[] { PrivRole, Exchange, "9360feb5-f418-4baa-8175-e2a00bac4301", "d29b2b05-8046-44ba-8758-1e26182fcf32" })
        {
            Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(FakeDirectory.Holding(id), new Standing(), false).Verdict);
        }
    }

    [Fact]
    public void The_least_powerful_role_that_will_do_is_named_as_the_one_that_decides()
    {
        AccessAnswer answer = AccessRules.CanResetPassword(
            FakeDirectory.Holding(Global, PrivAuth, UserAdmin, Helpdesk), FakeDirectory.Holding(UserAdmin), false);
        Assert.Equal("User Administrator", answer.DecidedBy);
        Assert.Equal(AccessRule.Table, answer.Rule);
        Assert.Empty(answer.RolesThatWould);
    }

    [Fact]
    public void A_global_administrator_resets_another_and_the_mark_without_a_footnote_is_told()
    {
        AccessAnswer answer = AccessRules.CanResetPassword(FakeDirectory.Holding(Global), FakeDirectory.Holding(Global), false);
        Assert.Equal(Verdict.Pass, answer.Verdict);
        Assert.Contains("asterisk", answer.Reason);
        Assert.DoesNotContain(
            "asterisk", AccessRules.CanResetPassword(FakeDirectory.Holding(Global), FakeDirectory.Holding(PrivAuth), false).Reason);
        Assert.DoesNotContain(
            "asterisk", AccessRules.CanResetPassword(FakeDirectory.Holding(Global, PrivAuth), FakeDirectory.Holding(Global), false).Reason);
    }

    [Fact]
    public void A_role_over_one_object_reaches_that_object()
    {
        Standing actor = new() { Roles = new[] { new HeldRole(Helpdesk, string.Empty, "/anna-id") } };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(actor, new Standing { ObjectId = "ANNA-ID" }, false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(actor, new Standing { ObjectId = "bram-id" }, false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(actor, new Standing(), false).Verdict);

        // Into a restricted unit it does not reach.
        Standing restricted = new() { ObjectId = "anna-id", AdministrativeUnits = new[] { "vault" }, RestrictedUnits = new[] { "vault" } };
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(actor, restricted, true).Verdict);
    }

    [Fact]
    public void Roles_that_no_unit_can_have_do_nothing_over_one()
    {
        foreach (string id in new[] { Global, PrivRole })
        {
            AccessAnswer answer = AccessRules.CanResetPassword(Over("east", id), Inside("east"), false);
            Assert.Equal(Verdict.Fail, answer.Verdict);
        }

        Assert.Contains("where it has no effect", AccessRules.CanResetPassword(Over("east", Global), Inside("east"), false).Reason);
    }

    [Fact]
    public void Administrators_in_the_unit_of_a_scoped_user_administrator_are_read_in_two_ways()
    {
        AccessAnswer limited = AccessRules.CanResetPassword(Over("east", UserAdmin), Inside("east", Helpdesk), false);
        Assert.Equal((Verdict.Warn, AccessRule.AdministrativeUnit, 2), (limited.Verdict, limited.Rule, limited.Readings.Count));
        Assert.Contains("limited administrators", limited.Readings[0]);
        Assert.Contains("only users without a role", limited.Readings[1]);
        Assert.All(limited.Readings, reading => Assert.Contains(reading, limited.Reason));
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(Over("east", UserAdmin), Inside("east", Global), false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(Over("east", Helpdesk), Inside("east", Helpdesk), false).Verdict);
    }

    [Fact]
    public void Administrators_in_the_unit_of_a_scoped_privileged_authentication_administrator_are_read_in_two_ways()
    {
        foreach (string held in new[] { Helpdesk, Global, Exchange })
        {
            Func<Standing, Standing, AccessAnswer>[] questions =
            {
                (actor, target) => AccessRules.CanResetPassword(actor, target, false),
                (actor, target) => AccessRules.CanSetPassword(actor, target, false),
                (actor, target) => AccessRules.CanWriteProfile(actor, target, false),
                (actor, target) => AccessRules.CanWriteMethods(actor, target, false),
                (actor, target) => AccessRules.CanReadMethods(actor, target, false),
            };
            Assert.All(questions, ask =>
            {
                AccessAnswer answer = ask(Over("east", PrivAuth), Inside("east", held));
                Assert.Equal((Verdict.Warn, true), (answer.Verdict, answer.IsConflict));
                Assert.Contains("any user, administrator or not", answer.Reason);
            });
        }
    }

    [Theory]
    [InlineData("restricted unit of another name", "/administrativeUnits/safe", Verdict.Fail)]
    [InlineData("regular unit of the user", "/administrativeUnits/east", Verdict.Fail)]
    [InlineData("another restricted unit of the user", "/administrativeUnits/crypt", Verdict.Pass)]
    [InlineData("the restricted unit", "/administrativeUnits/VAULT", Verdict.Pass)]
    [InlineData("the tenant", "/", Verdict.Fail)]
    public void Into_a_restricted_unit_only_roles_over_a_restricted_unit_of_the_user_reach(string which, string scope, Verdict verdict)
    {
        Standing target = new() { AdministrativeUnits = new[] { "east", "vault", "crypt" }, RestrictedUnits = new[] { "vault", "crypt" } };
        Standing actor = new() { Roles = new[] { new HeldRole(Auth, string.Empty, scope), new HeldRole(Global, string.Empty, "/") } };
        AccessAnswer answer = AccessRules.CanResetPassword(actor, target, true);
        Assert.True(verdict == answer.Verdict, which + ": " + answer.Reason);
        Assert.Equal(AccessRule.RestrictedUnit, answer.Rule);
        Assert.Equal(verdict, AccessRules.CanResetPassword(actor, target, null).Verdict);
        Assert.Equal(verdict, AccessRules.CanWriteMethods(actor, target, true).Verdict);
        Assert.Equal(verdict, AccessRules.CanWriteProfile(actor, target, true).Verdict);
    }

    [Fact]
    public void An_application_needs_a_role_over_the_restricted_unit_whatever_its_permissions()
    {
        Standing target = new() { AdministrativeUnits = new[] { "vault" }, RestrictedUnits = new[] { "vault" } };
        AccessAnswer refused = AccessRules.CanWriteMethods(new Standing(), target, true, ActorKind.Application);
        Assert.Equal(Verdict.Fail, refused.Verdict);
        Assert.Contains("an application's permissions included", refused.Reason);
        Standing scoped = new()
        {
            Roles = new[] { new HeldRole(Auth, string.Empty, "/administrativeUnits/vault"), new HeldRole(Readers, string.Empty, "/") },
        };
        Assert.Equal(Verdict.Pass, AccessRules.CanWriteMethods(scoped, target, true, ActorKind.Application).Verdict);
    }

    [Fact]
    public void An_administrator_in_a_restricted_unit_is_nobodys_and_both_readings_of_what_then_are_named()
    {
        Standing target = Inside("vault", UserAdmin) with { RestrictedUnits = new[] { "vault" } };
        foreach (Standing actor in new[] { FakeDirectory.Holding(Global), Over("vault", Auth), Over("vault", Helpdesk), new Standing() })
        {
            AccessAnswer answer = AccessRules.CanResetPassword(actor, target, true);
            Assert.Equal((Verdict.Fail, AccessRule.RestrictedUnit, 2), (answer.Verdict, answer.Rule, answer.Readings.Count));
            Assert.Contains("nobody", answer.Reason);
            Assert.Contains("another Global Administrator or a Privileged Role Administrator", answer.Reason);
            Assert.Contains("User Administrator or Privileged Authentication Administrator or Global Administrator", answer.Reason);
            Assert.Contains("out of the restricted unit", answer.Fix);
            Assert.Empty(answer.RolesThatWould);
        }

        // Over that unit the list of roles lets two act on administrators: then the documents conflict about the act itself.
        foreach (string id in new[] { UserAdmin, PrivAuth })
        {
            AccessAnswer answer = AccessRules.CanResetPassword(Over("vault", id), target, true);
            Assert.Equal((Verdict.Warn, 2), (answer.Verdict, answer.Readings.Count));
            Assert.Contains("nobody", answer.Readings[1]);
        }
    }

    [Fact]
    public void A_restricted_unit_that_could_not_be_read_is_unknown_only_to_who_may_be_in_it()
    {
        AccessAnswer perhaps = AccessRules.CanResetPassword(Over("vault", Auth), new Standing(), true);
        Assert.Equal((Verdict.Unknown, AccessRule.RestrictedUnit), (perhaps.Verdict, perhaps.Rule));
        Assert.Contains("AdministrativeUnit.Read.All", perhaps.Fix);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(FakeDirectory.Holding(Global), new Standing(), true).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(Over("vault", Auth), Inside("east"), true).Verdict);
        Assert.Equal(Verdict.Unknown, AccessRules.CanResetPassword(Over("vault", Auth), Inside("vault"), true).Verdict);
    }

    [Fact]
    public void A_custom_role_over_a_unit_reaches_its_plain_members_and_over_a_restricted_one_too()
    {
        Standing desk = new() { Roles = new[] { Custom("/administrativeUnits/vault") } };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(desk, Inside("vault"), false).Verdict);
        Assert.Equal(
            Verdict.Pass,
            AccessRules.CanResetPassword(desk, Inside("vault") with { RestrictedUnits = new[] { "vault" } }, true).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(desk, Inside("vault", Readers), false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(desk, Inside("east"), false).Verdict);
        AccessAnswer tenantWide = AccessRules.CanResetPassword(
            new Standing { Roles = new[] { Custom("/") } }, Inside("vault") with { RestrictedUnits = new[] { "vault" } }, true);
        Assert.Equal(Verdict.Fail, tenantWide.Verdict);
    }

    [Fact]
    public void A_custom_role_is_a_conflict_in_the_profile_and_nothing_on_methods()
    {
        Standing desk = new() { Roles = new[] { Custom("/") } };
        Assert.True(AccessRules.CanSetPassword(desk, new Standing(), false).IsConflict);
        Assert.Equal(Verdict.Unknown, AccessRules.CanSetPassword(desk, FakeDirectory.Holding(UserAdmin), false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanWriteMethods(desk, new Standing(), false).Verdict);
        HeldRole phones = Custom("/") with { Actions = new[] { "microsoft.directory/users/authenticationMethods/create" } };
        AccessAnswer open = AccessRules.CanWriteMethods(new Standing { Roles = new[] { phones } }, new Standing(), false);
        Assert.Equal((Verdict.Unknown, AccessRule.CustomRole), (open.Verdict, open.Rule));
    }

    [Fact]
    public void An_eligible_role_that_would_do_is_named_to_be_activated_first()
    {
        Standing actor = FakeDirectory.Holding(Helpdesk) with
        {
            EligibleRoles = new[]
            {
                new HeldRole(Global, string.Empty, "/"), new HeldRole(PrivAuth, string.Empty, "/"), new HeldRole(Auth, string.Empty, "/"),
            },
        };
        AccessAnswer answer = AccessRules.CanResetPassword(actor, FakeDirectory.Holding(UserAdmin), false);
        Assert.Equal((Verdict.Fail, AccessRule.NotActivated), (answer.Verdict, answer.Rule));
        Assert.Equal(new[] { "Privileged Authentication Administrator", "Global Administrator" }, answer.EligibleRoles);
        Assert.StartsWith("Activate Privileged Authentication Administrator or Global Administrator first", answer.Reason);
        Assert.StartsWith("Activate Privileged Authentication Administrator ", answer.Fix);

        // What is active does already: nothing to activate.
        AccessAnswer enough = AccessRules.CanResetPassword(actor, new Standing(), false);
        Assert.Equal(Verdict.Pass, enough.Verdict);
        Assert.Empty(enough.EligibleRoles);
    }

    [Fact]
    public void An_eligible_role_settles_a_conflict_and_one_that_conflicts_itself_says_so()
    {
        Standing desk = FakeDirectory.Holding(Helpdesk) with { EligibleRoles = new[] { new HeldRole(UserAdmin, string.Empty, "/") } };
        AccessAnswer settled = AccessRules.CanSetPassword(desk, new Standing(), false);
        Assert.Equal(Verdict.Warn, settled.Verdict);
        Assert.Equal(new[] { "User Administrator" }, settled.EligibleRoles);
        Assert.Contains("Activate User Administrator", settled.Fix);

        Standing scoped = new() { EligibleRoles = new[] { new HeldRole(PrivAuth, string.Empty, "/administrativeUnits/east") } };
        AccessAnswer open = AccessRules.CanResetPassword(scoped, Inside("east", Helpdesk), false);
        Assert.Equal((Verdict.Fail, AccessRule.NotActivated, 2), (open.Verdict, open.Rule, open.Readings.Count));
        Assert.Equal(new[] { "Privileged Authentication Administrator over /administrativeUnits/east" }, open.EligibleRoles);
        Assert.Contains("The documents conflict", open.Reason);
    }

    [Fact]
    public void What_is_known_of_eligible_roles_shows_in_the_advice()
    {
        Standing target = FakeDirectory.Holding(UserAdmin);
        Assert.StartsWith("Activate or obtain", AccessRules.CanResetPassword(new Standing(), target, false).Fix);
        Standing none = new() { EligibleRoles = new[] { new HeldRole(Helpdesk, string.Empty, "/") } };
        Assert.StartsWith("Obtain User Administrator", AccessRules.CanResetPassword(none, target, false).Fix);
        Assert.Contains(
            "service principal", AccessRules.CanSetPassword(new Standing(), target, false, ActorKind.Application).Fix);
    }

    [Fact]
    public void A_role_for_which_the_target_is_only_eligible_does_not_protect_it()
    {
        Standing target = new() { EligibleRoles = new[] { new HeldRole(Global, string.Empty, "/") } };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(FakeDirectory.Holding(Password), target, false).Verdict);
        Standing inUnit = Inside("east") with { EligibleRoles = target.EligibleRoles };
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(Over("east", Helpdesk), inUnit, false).Verdict);
    }

    [Fact]
    public void The_own_account_is_not_reset_and_its_methods_have_limits_of_their_own()
    {
        Standing actor = FakeDirectory.Holding(Global) with { ObjectId = "Helena-Id" };
        Standing self = actor with { ObjectId = "helena-id" };
        Assert.Equal(AccessRule.OwnAccount, AccessRules.CanResetPassword(actor, self, false).Rule);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(actor, self, false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanSetPassword(actor, self, false).Verdict);
        Assert.Equal(Verdict.Warn, AccessRules.CanWriteMethods(actor, self, false).Verdict);
        Standing plain = new() { ObjectId = "x" };
        Assert.Equal(Verdict.Pass, AccessRules.CanReadMethods(plain, plain, true).Verdict);
        Assert.Equal(Verdict.Pass, AccessRules.CanWriteProfile(actor, self, false).Verdict);

        // Two accounts whose ids were not read are not thereby one.
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(FakeDirectory.Holding(Global), new Standing(), false).Verdict);
    }

    [Theory]
    [InlineData(ActorKind.Guest, "A guest")]
    [InlineData(ActorKind.Application, "An application")]
    public void A_guest_or_an_application_with_a_role_over_a_unit_must_read_the_directory(ActorKind kind, string who)
    {
        Standing scoped = Over("east", Helpdesk);
        AccessAnswer answer = AccessRules.CanResetPassword(scoped, Inside("east"), false, kind);
        Assert.Equal((Verdict.Warn, false), (answer.Verdict, answer.IsConflict));
        Assert.Contains(who, answer.Reason);
        Assert.Contains("Directory Readers", answer.Fix);
        foreach (string reader in new[] { Readers, GlobalReader })
        {
            Standing reading = scoped with { Roles = scoped.Roles.Append(new HeldRole(reader, string.Empty, "/")).ToArray() };
            Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(reading, Inside("east"), false, kind).Verdict);
        }

        // A role over the tenant needs nothing beside itself.
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(FakeDirectory.Holding(Helpdesk), Inside("east"), false, kind).Verdict);
    }

    [Fact]
    public void An_application_sets_passwords_by_its_own_roles_and_writes_contact_data_by_permission()
    {
        Standing none = new();
        Assert.Equal(Verdict.Fail, AccessRules.CanSetPassword(none, new Standing(), false, ActorKind.Application).Verdict);
        Assert.Equal(
            Verdict.Pass, AccessRules.CanSetPassword(FakeDirectory.Holding(UserAdmin), none, false, ActorKind.Application).Verdict);
        Assert.Equal(
            Verdict.Pass, AccessRules.CanWriteMethods(none, FakeDirectory.Holding(Global), false, ActorKind.Application).Verdict);
        Assert.Equal(Verdict.Pass, AccessRules.CanWriteProfile(none, none, false, ActorKind.Application).Verdict);
        AccessAnswer harmless = AccessRules.CanWriteProfile(none, FakeDirectory.Holding(Readers), false, ActorKind.Application);
        Assert.Equal((Verdict.Warn, true), (harmless.Verdict, harmless.IsConflict));
        Assert.Equal(
            Verdict.Fail, AccessRules.CanWriteProfile(none, FakeDirectory.Holding(Helpdesk), false, ActorKind.Application).Verdict);
        Assert.Equal(
            Verdict.Pass,
            AccessRules.CanWriteProfile(FakeDirectory.Holding(UserAdmin), FakeDirectory.Holding(Helpdesk), false, ActorKind.Application)
                .Verdict);
    }

    [Fact]
    public void Who_reads_methods_and_who_sees_numbers_masked()
    {
        Standing admin = FakeDirectory.Holding(Global);
        foreach (string id in new[] { GlobalReader, PrivAuth, Global })
        {
            AccessAnswer full = AccessRules.CanReadMethods(FakeDirectory.Holding(id), admin, false);
            Assert.Equal((Verdict.Pass, false), (full.Verdict, full.IsMasked));
        }

        AccessAnswer masked = AccessRules.CanReadMethods(FakeDirectory.Holding(Auth), admin, false);
        Assert.Equal((Verdict.Pass, true), (masked.Verdict, masked.IsMasked));
        Assert.Contains("masked", masked.Reason);
        Assert.False(AccessRules.CanReadMethods(FakeDirectory.Holding(Auth, GlobalReader), admin, false).IsMasked);
        foreach (string id in new[] { Password, Helpdesk, UserAdmin, PrivRole })
        {
            Assert.Equal(Verdict.Fail, AccessRules.CanReadMethods(FakeDirectory.Holding(id), new Standing(), false).Verdict);
        }

        // Whether a restricted unit hides what it protects is not documented.
        Standing restricted = Inside("vault") with { RestrictedUnits = new[] { "vault" } };
        Assert.Equal(Verdict.Unknown, AccessRules.CanReadMethods(FakeDirectory.Holding(GlobalReader), restricted, true).Verdict);
        Assert.Equal(Verdict.Pass, AccessRules.CanReadMethods(Over("vault", Auth), restricted, true).Verdict);
    }

    [Fact]
    public void Every_operation_names_permissions_and_every_table_says_when_it_was_reviewed()
    {
        Assert.All(GraphOperation.All, operation => Assert.NotEmpty(operation.Delegated));
        string[] tables = typeof(AccessRules).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("PasswordOps.Knowledge.", StringComparison.Ordinal)).ToArray();
        Assert.True(tables.Length >= 8);
        Assert.All(tables, name => Assert.True(
            Knowledge.KnowledgeTable.Load(name.Substring("PasswordOps.Knowledge.".Length).Replace(".tsv", string.Empty)).ReviewedOn
                > new DateTime(2026, 1, 1)));
    }

    private static Standing Over(string unit, string id) =>
        new() { Roles = new[] { new HeldRole(id, string.Empty, "/administrativeUnits/" + unit) } };

    private static Standing Inside(string unit, params string[] held) =>
        FakeDirectory.Holding(held) with { AdministrativeUnits = new[] { unit } };

    private static HeldRole Custom(string scope) =>
        new("c0ffee", "Desk", scope) { IsBuiltIn = false, Actions = new[] { "microsoft.directory/users/password/update" } };
}
