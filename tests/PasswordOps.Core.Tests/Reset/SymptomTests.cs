using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Tests.Reset;

public class SymptomTests
{
    private const string Helpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

    private readonly FakeDirectory tenant = new(new FakeClock());

    public static IEnumerable<object[]> Cases() => new[]
    {
        Case(ResetSymptom.ButtonGreyedOut, Verdict.Fail, "role.canReset", (t, anna) =>
            Hold(t, anna, Helpdesk, "fe930be7-5e62-47db-91af-98c3a49a38b1")),
        Case(ResetSymptom.ButtonGreyedOut, Verdict.Fail, "source.authority", (t, anna) => Change(t, anna, user => user with
        {
            Identities = new[] { new SignInIdentity("federated", "google.com") },
        })),
        Case(ResetSymptom.ButtonGreyedOut, Verdict.Pass, null, (_, _) => { }),
        Case(ResetSymptom.SignInFailsAfterReset, Verdict.Warn, "source.account", (t, anna) =>
            Change(t, anna, user => user with { AccountEnabled = false })),
        Case(ResetSymptom.SignInFailsAfterReset, Verdict.Warn, "source.resetPlace", (t, anna) => Change(t, anna, user => user with
        {
            OnPremisesSyncEnabled = true,
        })),
        Case(ResetSymptom.SignInFailsAfterReset, Verdict.Pass, null, (_, _) => { }),
        Case(ResetSymptom.PolicyNotApplied, Verdict.Warn, "role.administrator", (t, anna) => Hold(t, anna, null, Helpdesk)),
        Case(ResetSymptom.PolicyNotApplied, Verdict.Pass, null, (_, _) => { }),
        Case(ResetSymptom.NotEnabled, Verdict.Fail, "policy.enabled", (t, anna) =>
            t.Registrations[anna] = t.Registrations[anna] with { IsSsprEnabled = false }),
        Case(ResetSymptom.NotEnabled, Verdict.Fail, "license.tenant", (t, _) => t.Skus = Array.Empty<SubscribedSku>()),
        Case(ResetSymptom.InformationMissing, Verdict.Fail, "contact.methods", (t, anna) => t.Contacts[anna] = new ContactData()),
        Case(ResetSymptom.NoSmsOrCall, Verdict.Warn, "contact.format", (t, anna) => Change(t, anna, user => user with
        {
            MobilePhone = "0611 call me",
        })),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_symptom_of_a_user_is_explained_by_the_check_that_fails(
        ResetSymptom symptom, Verdict verdict, string? check, object change)
    {
        DirectoryUser anna = tenant.Add(
            "anna@contoso.com",
            contact: new ContactData { Phones = new Dictionary<PhoneType, string> { [PhoneType.Mobile] = "+1 4255550100" },
                Email = "anna@fabrikam.com" });
        tenant.Registrations[anna.Id] = new RegistrationDetail
        {
            Id = anna.Id, IsSsprEnabled = true, IsSsprRegistered = true, IsSsprCapable = true, LastUpdated = tenant.Clock.UtcNow,
        };
        tenant.Licenses[anna.Id] = new[] { new LicenseDetail("0", "SPB", new[] { FakeDirectory.Premium() }) };
        ((Action<FakeDirectory, string>)change)(tenant, anna.Id);
        ResetDiagnosis found = await Diagnosis().DiagnoseAsync(symptom, new UserIdentity("anna@contoso.com"), CancellationToken.None);
        Assert.Equal(verdict, found.Verdict);
        Assert.NotEmpty(found.Cause);
        Assert.NotEmpty(found.NextStep);
        Assert.Equal("anna@contoso.com", found.User);
        if (check is not null)
        {
            Assert.Equal(found.Checks.Single(one => one.Id == check).Reason, found.Cause);
        }
    }

    [Fact]
    public async Task A_missing_page_is_explained_by_the_callers_role_and_licence()
    {
        tenant.Context = tenant.Context with { Standing = Reading.Of(new Standing(), tenant.Clock.UtcNow) };
        ResetDiagnosis role = await Diagnosis().DiagnoseAsync(ResetSymptom.BladeMissing, null, CancellationToken.None);
        Assert.Equal(role.Checks.Single(check => check.Id == "role.caller").Reason, role.Cause);
        tenant.Context = tenant.Context with { Standing = Reading.Of(FakeDirectory.Holding(Helpdesk), tenant.Clock.UtcNow) };
        tenant.Caller = tenant.Caller with { AssignedLicenses = Array.Empty<AssignedLicense>() };
        ResetDiagnosis license = await Diagnosis().DiagnoseAsync(ResetSymptom.BladeMissing, null, CancellationToken.None);
        Assert.Equal(Verdict.Warn, license.Verdict);
        Assert.Contains("no licence", license.Cause);
        Assert.NotEmpty(license.Missing);
    }

    [Fact]
    public async Task A_missing_on_premises_page_is_explained_by_licence_or_left_to_the_sync_server()
    {
        ResetDiagnosis left = await Diagnosis().DiagnoseAsync(ResetSymptom.OnPremisesBladeMissing, null, CancellationToken.None);
        Assert.Equal(Verdict.Pass, left.Verdict);
        Assert.Contains("Get-WritebackHealth", left.NextStep);
        tenant.Skus = Array.Empty<SubscribedSku>();
        ResetDiagnosis license = await Diagnosis().DiagnoseAsync(ResetSymptom.OnPremisesBladeMissing, null, CancellationToken.None);
        Assert.Equal(Verdict.Fail, license.Verdict);
        Assert.Contains("licence Microsoft Entra ID P1", license.Missing);
    }

    [Fact]
    public async Task A_symptom_of_a_user_asks_for_the_user()
    {
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => Diagnosis().DiagnoseAsync(ResetSymptom.ButtonGreyedOut, null, CancellationToken.None));
        Assert.Equal("SymptomNeedsUser", error.Id);
        error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => Diagnosis().DiagnoseAsync(ResetSymptom.ButtonGreyedOut, new UserIdentity("ghost@contoso.com"), CancellationToken.None));
        Assert.Equal("UserNotFound", error.Id);
    }

    [Fact]
    public void Every_symptom_has_its_knowledge_and_every_check_it_names_exists()
    {
        string[] ids = CheckCatalog.Reset.Select(check => check.Id).Concat(CheckCatalog.User.Select(check => check.Id))
            .Concat(new[] { "role.caller", "license.caller", "license.tenant", "license.writeback", "source.sync", "source.resetPlace" })
            .ToArray();
        foreach (ResetSymptom symptom in Enum.GetValues(typeof(ResetSymptom)))
        {
            Assert.Empty(SymptomKnowledge.Of(symptom).Checks.Except(ids));
        }
    }

    private static object[] Case(ResetSymptom symptom, Verdict verdict, string? check, Action<FakeDirectory, string> change) =>
        new object[] { symptom, verdict, check!, change };

    private static void Change(FakeDirectory t, string id, Func<DirectoryUser, DirectoryUser> change) =>
        t.Users[id] = change(t.Users[id]);

    private static void Hold(FakeDirectory t, string id, string? caller, string target)
    {
        t.Standings[id] = FakeDirectory.Holding(target);
        if (caller is not null)
        {
            t.Context = t.Context with
            {
                Standing = Reading.Of(FakeDirectory.Holding(caller), t.Clock.UtcNow),
            };
        }
    }

    private PasswordReset Diagnosis() => new(tenant, new ResetOptions(), tenant.Clock);
}
