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
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(tier2, FakeDirectory.Holding(Global), false).Verdict);
        Assert.Equal(Verdict.Pass, AccessRules.CanResetPassword(tier1, new Standing(), false).Verdict);
        Assert.Equal(Verdict.Fail, AccessRules.CanResetPassword(tier1, FakeDirectory.Holding(Helpdesk), false).Verdict);
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
}
