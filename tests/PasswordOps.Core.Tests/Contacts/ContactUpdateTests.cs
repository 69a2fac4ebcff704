using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Contacts;

public class ContactUpdateTests
{
    private readonly FakeDirectory tenant = new(new FakeClock());

    [Fact]
    public async Task Only_differences_are_written_and_a_second_run_writes_nothing()
    {
        tenant.Add("anna@contoso.com");
        tenant.Add("bram@contoso.com", contact: Phones((PhoneType.Mobile, "+1 4255550101")));
        ContactRequest[] sheet =
        {
            Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 425 555 0100"), (ContactField.Email, "anna@fabrikam.com")),
            Row(3, "bram@contoso.com", (ContactField.Mobile, "+14255550101")),
        };

        List<ContactResult> first = await Run(sheet);
        Assert.Equal("Unchanged Succeeded", string.Join(" ", first.Select(result => result.Status)));
        Assert.Equal(2, tenant.Writes.Count);
        Assert.Equal("+1 4255550100", tenant.Contacts[tenant.Users.Values.First().Id].Phones[PhoneType.Mobile]);

        tenant.Writes.Clear();
        Assert.All(await Run(sheet), result => Assert.Equal(ContactStatus.Unchanged, result.Status));
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task An_alternate_phone_is_written_after_the_mobile_one_and_removed_before_it()
    {
        tenant.Add("anna@contoso.com");
        await Run(Row(2, "anna@contoso.com", (ContactField.AlternateMobile, "+1 4255550101"), (ContactField.Mobile, "+1 4255550100")));
        Assert.Equal("Mobile AlternateMobile", string.Join(" ", tenant.Writes.Select(write => write.Field)));

        tenant.Writes.Clear();
        await Run(Row(2, "anna@contoso.com", (ContactField.Mobile, "(clear)"), (ContactField.AlternateMobile, "(clear)")));
        Assert.Equal("AlternateMobile Mobile", string.Join(" ", tenant.Writes.Select(write => write.Field)));
        Assert.Empty(tenant.Contacts.Values.Single().Phones);
    }

    [Theory]
    [InlineData(ContactField.AlternateMobile, "+1 4255550101", "AlternateWithoutMobile")]
    public async Task A_phone_order_that_the_service_refuses_is_found_before_anything_is_sent(ContactField field, string value, string rule)
    {
        tenant.Add("anna@contoso.com");
        Planned plan = await Plan(Update(), new[] { Row(2, "anna@contoso.com", (field, value)) });
        Assert.Equal(rule, Assert.Single(plan.Errors).Id);
        Assert.Equal(ChangeAction.Blocked, plan.Rows[0].Changes[0].Action);
    }

    [Fact]
    public async Task The_mobile_phone_cannot_go_while_an_alternate_one_stays()
    {
        tenant.Add("anna@contoso.com", contact: Phones((PhoneType.Mobile, "+1 4255550100"), (PhoneType.AlternateMobile, "+1 4255550101")));
        Planned plan = await Plan(Update(), 
            new[] { Row(2, "anna@contoso.com", (ContactField.Mobile, "(clear)")) });
        Assert.Equal("MobileBeforeAlternate", Assert.Single(plan.Errors).Id);
    }

    [Fact]
    public async Task A_row_of_a_sheet_may_leave_every_field_and_who_types_must_name_one()
    {
        tenant.Add("anna@contoso.com");
        Planned sheet = await Plan(Update(), new[] { Row(2, "anna@contoso.com") });
        Assert.Empty(sheet.Errors);
        Planned typed = await Plan(
            Update(), new[] { new ContactRequest("anna@contoso.com", Array.Empty<KeyValuePair<ContactField, string>>()) });
        Assert.Equal("NothingToDo", Assert.Single(typed.Errors).Id);
    }

    [Fact]
    public async Task Everything_wrong_is_named_by_row_field_and_rule_in_one_go()
    {
        tenant.Add("anna@contoso.com");
        DirectoryUser bram = tenant.Add("bram@contoso.com");
        Planned plan = await Plan(Update(), 
            new[]
            {
                Row(2, "anna@contoso.com", (ContactField.Mobile, "0612345678"), (ContactField.Email, "nobody")),
                Row(3, "ghost@contoso.com", (ContactField.Mobile, "+1 4255550100")),
                Row(4, "ANNA@contoso.com", (ContactField.Mobile, "+1 4255550100")),
                Row(5, "bram@contoso.com", (ContactField.Mobile, "+1 4255550100")),
                Row(6, bram.Id, (ContactField.Mobile, "+1 4255550100")),
                Row(7, "no identity", (ContactField.Mobile, "+1 4255550100")),
                Row(8, "anna2@contoso.com"),
            });

        Assert.Equal(
            new[]
            {
                "PhoneNoCountryCode", "EmailForm", "UserNotFound", "UserDoubled", "UserDoubled", "IdentityInvalid", "UserNotFound",
            },
            plan.Errors.Select(error => error.Id));
        Assert.StartsWith("row 2, anna@contoso.com, mobile: ", plan.Errors[0].Message);
        Assert.StartsWith("row 3, ghost@contoso.com: ", plan.Errors[2].Message);
        Assert.Contains("row 5", plan.Errors[4].Message);
        Assert.Empty(tenant.Writes);
        Assert.DoesNotContain("0612345678", string.Join(" ", plan.Errors.Select(error => error.Message + error.Advice)));
    }

    [Fact]
    public async Task Phones_of_a_synced_profile_are_blocked_with_the_alternative_and_its_mail_is_not()
    {
        tenant.Add("bram@contoso.com", user => user with { OnPremisesSyncEnabled = true });
        ContactUpdate update = new(tenant, new ContactOptions { Target = ContactTarget.Profile }, tenant.Clock);
        Planned plan = await Plan(update, 
            new[] { Row(2, "bram@contoso.com", (ContactField.Mobile, "+1 4255550100"), (ContactField.Email, "bram@fabrikam.com")) });
        PasswordOpsException error = Assert.Single(plan.Errors);
        Assert.Equal("ReadOnlySynced", error.Id);
        Assert.Contains("-Target Profile", error.Advice);
    }

    [Fact]
    public async Task A_user_whom_tenant_wide_roles_do_not_reach_is_found_before_the_first_write()
    {
        tenant.Add("rhea@contoso.com", user => user with { IsManagementRestricted = true });
        ContactRequest[] sheet = { Row(2, "rhea@contoso.com", (ContactField.Mobile, "+1 4255550100")) };
        Assert.Equal("RestrictedManagement", Assert.Single((await Plan(Update(), sheet)).Errors).Id);
        tenant.Context = tenant.Context with
        {
            Standing = Reading.Of(
                new Standing
                {
                    Roles = new[] { new HeldRole("c4e39bd9-1100-46d3-8c65-fb160da0071f", string.Empty, "/administrativeUnits/vault") },
                },
                tenant.Clock.UtcNow),
        };
        Assert.True((await Plan(Update(), sheet)).IsValid);
    }

    [Fact]
    public async Task A_new_alternate_email_keeps_the_other_addresses_of_the_profile()
    {
        tenant.Add("anna@contoso.com", user => user with { OtherMails = new[] { "old@fabrikam.com", "keep@fabrikam.com" } });
        ContactUpdate update = new(tenant, new ContactOptions { Target = ContactTarget.Profile }, tenant.Clock);
        Planned plan = await Plan(update, 
            new[] { Row(2, "anna@contoso.com", (ContactField.Email, "new@fabrikam.com")) });
        await RunPlanned(update, plan, _ => { });
        Assert.Equal(new[] { "new@fabrikam.com", "keep@fabrikam.com" }, tenant.Users.Values.Single().OtherMails);
    }

    [Fact]
    public async Task A_write_without_an_answer_is_looked_up_and_not_sent_again_when_it_took_effect()
    {
        tenant.Add("anna@contoso.com");
        tenant.OnWrite = (write, _) =>
        {
            tenant.Apply(write);
            return new WriteOutcome(FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Timeout, 504, mayHaveHappened: true), null, 1);
        };
        ContactResult result = Assert.Single(await Run(Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100"))));
        Assert.Equal(ContactStatus.Succeeded, result.Status);
        Assert.Single(tenant.Writes);
    }

    [Fact]
    public async Task A_write_without_an_answer_that_did_not_take_effect_is_sent_again()
    {
        tenant.Add("anna@contoso.com");
        tenant.OnWrite = (_, n) => n == 1
            ? new WriteOutcome(FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Timeout, 504, mayHaveHappened: true), null, 1)
            : null;
        ContactResult result = Assert.Single(await Run(Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100"))));
        Assert.Equal(ContactStatus.Succeeded, result.Status);
        Assert.Equal(2, result.Attempts);
    }

    [Fact]
    public async Task A_repetition_that_is_refused_because_the_first_one_worked_late_counts_as_written()
    {
        tenant.Add("anna@contoso.com");
        tenant.OnWrite = (write, n) =>
        {
            if (n == 1)
            {
                return new WriteOutcome(FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Timeout, 504, mayHaveHappened: true), null, 1);
            }

            tenant.Apply(write);
            return new WriteOutcome(FakeDirectory.Refusal("RequestRejected", ErrorKind.InvalidData, 400), "r", 1);
        };
        Assert.Equal(
            ContactStatus.Succeeded, Assert.Single(await Run(Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100")))).Status);
    }

    [Fact]
    public async Task When_the_service_is_gone_the_row_is_uncertain_and_the_rest_is_reported_as_not_sent()
    {
        ContactRequest[] sheet = Enumerable.Range(0, 400)
            .Select(i => Row(i + 2, tenant.Add($"user{i}@contoso.com").UserPrincipalName, (ContactField.Mobile, "+1 4255550100")))
            .ToArray();
        ContactUpdate update = Update();
        Planned plan = await Plan(update, sheet);
        tenant.OnWrite = (write, n) =>
        {
            if (n <= 50)
            {
                return null;
            }

            tenant.Broken[nameof(IDirectory.GetContactDataAsync)] = FakeDirectory.Refusal("ServiceUnreachable", ErrorKind.Connection, null);
            return new WriteOutcome(FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Connection, null, mayHaveHappened: true), null, 1);
        };
        List<ContactResult> results = new();
        await RunPlanned(update, plan, results.Add);

        Assert.Equal(400, results.Count);
        Assert.Equal(50, results.Count(result => result.Status == ContactStatus.Succeeded));
        Assert.Contains(results, result => result.Status == ContactStatus.Unknown);
        Assert.Contains(results, result => result.Status == ContactStatus.NotSent);
        int sentAndLost = results.Where(result => result.Status == ContactStatus.Unknown).Sum(result => result.Uncertain.Count);
        Assert.Equal(tenant.Writes.Count, 50 + sentAndLost);
        Assert.All(results, result => Assert.NotEmpty(result.Reason));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Whom_the_callers_roles_do_not_reach_is_refused_before_any_write(int users)
    {
        tenant.Context = tenant.Context with
        {
            Standing = Reading.Of(FakeDirectory.Holding("c4e39bd9-1100-46d3-8c65-fb160da0071f"), tenant.Clock.UtcNow),
        };
        ContactRequest[] sheet = Enumerable.Range(0, users).Select(i =>
        {
            DirectoryUser user = tenant.Add($"u{i}@contoso.com");
            tenant.Standings[user.Id] = i == 1 ? FakeDirectory.Holding("62e90394-69f5-4237-9190-012177145e10") : new Standing();
            return Row(i + 2, user.UserPrincipalName, (ContactField.Mobile, "+1 4255550100"));
        }).ToArray();
        Planned plan = await Plan(Update(), sheet);
        PasswordOpsException refused = Assert.Single(plan.Errors);
        Assert.Equal("RoleMissing", refused.Id);
        Assert.Equal(ErrorKind.PermissionDenied, refused.Kind);
        Assert.Contains("row 3, u1@contoso.com", refused.Message);
        Assert.Contains("Privileged Authentication Administrator", refused.Message + refused.Advice);
        Assert.Equal(users - 1, plan.Rows.Count(row => row.HasWrites));

        tenant.Broken[nameof(IDirectory.GetTenantStandingsAsync)] = FakeDirectory.Refusal("PermissionMissing");
        tenant.Broken[nameof(IDirectory.GetStandingsAsync)] = FakeDirectory.Refusal("PermissionMissing");
        Assert.Empty((await Plan(Update(), sheet)).Errors);
    }

    [Fact]
    public async Task A_refused_write_fails_its_row_only_and_what_was_confirmed_is_listed()
    {
        tenant.Add("anna@contoso.com");
        tenant.Add("bram@contoso.com");
        tenant.OnWrite = (write, _) => write.Field == ContactField.Email && write.UserId == tenant.Users.Values.First().Id
            ? new WriteOutcome(FakeDirectory.Refusal("RequestRejected", ErrorKind.InvalidData, 400), "r", 1)
            : null;
        List<ContactResult> results = await Run(
            Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100"), (ContactField.Email, "anna@fabrikam.com")),
            Row(3, "bram@contoso.com", (ContactField.Mobile, "+1 4255550101"), (ContactField.Email, "bram@fabrikam.com")));
        ContactResult anna = results.Single(result => result.Row == 2);
        Assert.Equal(ContactStatus.Failed, anna.Status);
        Assert.Equal("RequestRejected", anna.ErrorId);
        Assert.Equal(ContactField.Mobile, Assert.Single(anna.Written));
        Assert.Equal(ContactStatus.Succeeded, results.Single(result => result.Row == 3).Status);
    }

    [Fact]
    public async Task An_alternate_phone_is_not_sent_after_its_mobile_phone_was_refused()
    {
        tenant.Add("anna@contoso.com");
        tenant.OnWrite = (write, _) => write.Field == ContactField.Mobile
            ? new WriteOutcome(FakeDirectory.Refusal("RequestRejected", ErrorKind.InvalidData, 400), "r", 1)
            : null;
        ContactResult result = Assert.Single(await Run(Row(
            2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100"), (ContactField.AlternateMobile, "+1 4255550101"),
            (ContactField.Email, "anna@fabrikam.com"))));
        Assert.Equal(ContactStatus.Failed, result.Status);
        Assert.Equal(ContactField.Email, Assert.Single(result.Written));
        Assert.DoesNotContain(tenant.Writes, write => write.Field == ContactField.AlternateMobile);
    }

    [Fact]
    public async Task After_a_stop_no_new_chunk_is_sent()
    {
        ContactRequest[] sheet = Enumerable.Range(0, 1000)
            .Select(i => Row(i + 2, tenant.Add($"user{i}@contoso.com").UserPrincipalName, (ContactField.Mobile, "+1 4255550100")))
            .ToArray();
        ContactUpdate update = Update();
        Planned plan = await Plan(update, sheet);
        using CancellationTokenSource stop = new();
        List<ContactResult> results = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunPlanned(
            update,
            plan,
            result =>
            {
                results.Add(result);
                stop.Cancel();
            },
            stop.Token));
        Assert.True(tenant.Writes.Count < 1000);
        Assert.Equal(tenant.Writes.Count, results.Sum(result => result.Written.Count));
    }

    [Fact]
    public void Without_the_permission_or_the_role_nothing_is_even_read()
    {
        tenant.Context = tenant.Context with { Permissions = new[] { "User.Read.All" } };
        Assert.Equal(
            "PermissionMissing", Assert.Throws<PasswordOpsException>(() => Update().RequireRights(new[] { ContactField.Mobile })).Id);

        FakeDirectory other = new(new FakeClock());
        other.Context = other.Context with
        {
            Standing = Reading.Of(FakeDirectory.Holding("729827e3-9c14-49f7-bb1b-9608f156bbb8"), other.Clock.UtcNow),
        };
        PasswordOpsException role = Assert.Throws<PasswordOpsException>(
            () => new ContactUpdate(other, new ContactOptions(), other.Clock).RequireRights(new[] { ContactField.Mobile }));
        Assert.Equal("RoleMissing", role.Id);
        Assert.Contains("Helpdesk Administrator", role.Message);
        Assert.Contains("Authentication Administrator", role.Message);

        other.Context = other.Context with { IsAppOnly = true };
        new ContactUpdate(other, new ContactOptions(), other.Clock).RequireRights(new[] { ContactField.Mobile });
    }

    [Fact]
    public async Task What_the_service_takes_from_nobody_for_the_own_account_is_found_before_anything_is_sent()
    {
        DirectoryUser own = tenant.Add("paul@contoso.com", contact: Phones((PhoneType.Mobile, "+1 4255550100")));
        tenant.Context = tenant.Context with { AccountObjectId = own.Id };
        ContactRequest request = Row(
            null, "paul@contoso.com", (ContactField.Mobile, "+1 4255550101"), (ContactField.Email, "paul@fabrikam.com"),
            (ContactField.Office, "+1 4255550102"));
        Planned plan = await Plan(Update(), new[] { request });
        Assert.Equal(new[] { "OwnMethodReadOnly", "OwnMethodReadOnly" }, plan.Errors.Select(error => error.Id));
        Assert.Equal(ChangeAction.Set, plan.Rows[0].Changes.Single(change => change.Field == ContactField.Office).Action);

        tenant.Context = tenant.Context with { IsAppOnly = true };
        Assert.True((await Plan(Update(), new[] { request })).IsValid);
    }

    [Fact]
    public async Task What_a_phone_does_besides_is_said_before_it_is_written()
    {
        tenant.Add("anna@contoso.com");
        tenant.Add("bram@contoso.com", contact: Phones((PhoneType.Mobile, "+1 4255550101")) with { SmsSignInState = "ready" });
        tenant.Add("cleo@contoso.com", contact: Phones((PhoneType.Office, "+1 4255550102")));
        tenant.Registrations[tenant.Users.Values.Last().Id] =
            new RegistrationDetail { Id = tenant.Users.Values.Last().Id, PreferredMethod = "voiceOffice" };
        tenant.Context = tenant.Context with { Permissions = tenant.Context.Permissions.Append("AuditLog.Read.All").ToArray() };
        Planned plan = await Plan(
            Update(),
            new[]
            {
                Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100")),
                Row(3, "bram@contoso.com", (ContactField.Mobile, "+1 4255550103")),
                Row(4, "cleo@contoso.com", (ContactField.Office, "(clear)")),
            });
        string[] notes = plan.Rows.Select(row => row.Changes.Single().Note ?? string.Empty).ToArray();
        Assert.Contains("signs the user in by text message", notes[0]);
        Assert.Contains("the new number takes that over", notes[1]);
        Assert.Contains("default method", notes[2]);
        Assert.Contains("registration report", notes[2]);
    }

    [Fact]
    public async Task A_lost_answer_to_a_read_does_not_turn_the_run_down()
    {
        DirectoryUser anna = tenant.Add("anna@contoso.com");
        int reads = 0;
        tenant.OnReadContact = id => ++reads < 3
            ? throw FakeDirectory.Refusal("ConnectionLost", ErrorKind.Connection, null)
            : tenant.Contacts[id];
        Planned plan = await Plan(Update(), new[] { Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100")) });
        Assert.True(plan.IsValid);
        Assert.Equal(anna.Id, plan.Rows[0].UserId);
        Assert.Equal(3, reads);

        tenant.OnReadContact = _ => throw FakeDirectory.Refusal("ConnectionLost", ErrorKind.Connection, null);
        plan = await Plan(Update(), new[] { Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100")) });
        Assert.Equal("ConnectionLost", Assert.Single(plan.Errors).Id);
    }

    [Fact]
    public async Task A_plan_counts_values_and_rows_apart()
    {
        tenant.Add("anna@contoso.com");
        ContactRequest row = Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100"), (ContactField.Email, "anna@fabrikam.com"));
        Planned plan = await Plan(Update(), new[] { row });
        Assert.Equal("1 row; values: 0 same, 2 to set, 0 to change, 0 to clear; rows with errors: 0", plan.ToString());
    }

    [Fact]
    public void Nothing_prints_contact_data()
    {
        ContactRequest request = Row(2, "anna@contoso.com", (ContactField.Mobile, "+1 4255550100"));
        ContactWrite write = new("id", ContactField.Mobile, ContactTarget.Profile, WriteAction.Add, "+1 4255550100");
        ContactData data = Phones((PhoneType.Mobile, "+1 4255550100"));
        DirectoryUser user = new() { Id = "id", UserPrincipalName = "anna@contoso.com", MobilePhone = "+1 4255550100" };
        SheetRow row = new(2, new Dictionary<SheetColumn, string> { [SheetColumn.Mobile] = "+1 4255550100" });
        foreach (object item in new object[] { request, write, data, user, row, ContactValue.Read(ContactField.Mobile, "+1 4255550100") })
        {
            Assert.DoesNotContain("5550100", item.ToString());
        }
    }

    internal static ContactRequest Row(int? number, string identity, params (ContactField Field, string Value)[] values) =>
        new(identity, values.Select(value => new KeyValuePair<ContactField, string>(value.Field, value.Value)), row: number);

    private static ContactData Phones(params (PhoneType Type, string Number)[] phones) =>
        new() { Phones = phones.ToDictionary(phone => phone.Type, phone => phone.Number) };

    private static async Task<Planned> Plan(ContactUpdate update, IReadOnlyList<ContactRequest> requests)
    {
        ContactList source = new("test", requests);
        List<ContactPlanRow> rows = new();
        ContactPlan plan = await update.PlanAsync(source, null, rows.Add, null, CancellationToken.None);
        return new Planned(source, plan, rows);
    }

    private static Task<ContactSummary> RunPlanned(
        ContactUpdate update, Planned plan, Action<ContactResult> emit, CancellationToken stop = default) =>
        update.RunAsync(plan.Source, plan.Plan, null, emit, null, stop);

    private ContactUpdate Update() => new(tenant, new ContactOptions(), tenant.Clock);

    private async Task<List<ContactResult>> Run(params ContactRequest[] sheet)
    {
        ContactUpdate update = Update();
        Planned plan = await Plan(update, sheet);
        List<ContactResult> results = new();
        await RunPlanned(update, plan, results.Add);
        return results.OrderBy(result => result.Status == ContactStatus.Unchanged ? 0 : 1).ToList();
    }

    private sealed record Planned(ContactList Source, ContactPlan Plan, IReadOnlyList<ContactPlanRow> Rows)
    {
        public IReadOnlyList<PasswordOpsException> Errors => Rows.SelectMany(row => row.Errors).ToArray();

        public bool IsValid => Plan.IsValid;

        public override string ToString() => Plan.ToString();
    }
}
