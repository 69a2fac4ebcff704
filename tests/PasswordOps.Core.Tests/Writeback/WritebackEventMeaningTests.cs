using System.Linq;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Tests.Writeback;

public class WritebackEventMeaningTests
{
    /// <summary>As Microsoft publishes it, written down apart from the data file.</summary>
    private const string Published = """
        31001 PasswordResetStart Start
        31002 PasswordResetSuccess Ok
        31003 PasswordResetFail Fail
        31004 OnboardingEventStart Start
        31005 OnboardingEventSuccess Ok
        31006 ChangePasswordStart Start
        31007 ChangePasswordSuccess Ok
        31008 ChangePasswordFail Fail
        31009 ResetUserPasswordByAdminStart Start
        31010 ResetUserPasswordByAdminSuccess Ok
        31011 ResetUserPasswordByAdminFail Fail
        31012 OffboardingEventStart Start
        31013 OffboardingEventSuccess Ok
        31014 OffboardingEventFail Fail
        31015 WriteBackServiceStarted Ok
        31016 WriteBackServiceStopped Warn
        31017 AuthTokenSuccess Ok
        31018 KeyPairCreationSuccess Ok
        31019 ServiceBusHeartBeat Ok
        31034 ServiceBusListenerError Fail
        31044 PasswordResetService Fail
        32000 UnknownError Fail
        32001 ServiceError Fail
        32002 ServiceBusError Fail
        32003 InPutValidationError Fail
        32004 DecryptionError Fail
        32005 ConfigurationError Fail
        32007 OnBoardingConfigUpdateError Fail
        32008 ValidationError Fail
        32009 AuthTokenError Fail
        32010 CryptoError Fail
        32011 OnBoardingServiceError Fail
        32013 OffBoardingError Fail
        32014 ServiceBusWarning Warn
        32015 ReportServiceHealthError Fail
        33001 ADUnKnownError Fail
        33002 ADUserNotFoundError Fail
        33003 ADMutliMatchError Fail
        33004 ADPermissionsError Fail
        33005 ADUserAccountDisabled Fail
        33006 ADUserAccountLockedOut Fail
        33007 ADUserIncorrectPassword Fail
        33008 ADPasswordPolicyError Fail
        33009 ADConfigurationError Fail
        """;

    [Fact]
    public void Every_published_event_is_known_by_name_and_group_and_no_other()
    {
        string[] known = WritebackEventMeaning.All().Where(meaning => meaning.Provider == "PasswordResetService")
            .Select(meaning => $"{meaning.Id} {meaning.Name} {meaning.Group}").ToArray();
        Assert.Equal(Published.Split('\n').Select(line => line.Trim()), known);
        Assert.Equal(
            new[] { 6306, 6329, 6800 },
            WritebackEventMeaning.All().Where(meaning => meaning.Provider == "ADSync").Select(meaning => meaning.Id));
    }

    [Fact]
    public void What_fails_or_warns_has_a_fix_and_what_bears_on_no_check_is_not_in_the_table()
    {
        string[] checks = { "onboarding", "listener", "relay", "heartbeat", "errors", "proof" };
        foreach (WritebackEventMeaning meaning in WritebackEventMeaning.All())
        {
            bool trouble = meaning.Group is WritebackEventGroup.Fail or WritebackEventGroup.Warn;
            Assert.True(trouble == (meaning.Fix is not null), meaning.ToString());
            Assert.True(trouble == (meaning.Cause is not null), meaning.ToString());
            Assert.True(meaning.Group != WritebackEventGroup.Fail || meaning.Scope != FailureScope.None, meaning.ToString());
            Assert.Contains(meaning.Check, checks.Select(check => "writeback." + check));
            Assert.False(meaning.Meaning.EndsWith(".", System.StringComparison.Ordinal), meaning.ToString());
        }
    }

    [Theory]
    [InlineData("PasswordResetService", 31020)]
    [InlineData("PasswordResetService", 33010)]
    [InlineData("PasswordResetService", 32006)]
    [InlineData("PasswordResetService", 6329)]
    [InlineData("ADSync", 31002)]
    [InlineData("ADSync", 904)]
    public void An_unpublished_id_gets_no_name(string provider, int id)
    {
        WritebackEventMeaning meaning = WritebackEventMeaning.Of(provider, id);
        Assert.Equal((provider, id), (meaning.Provider, meaning.Id));
        Assert.Equal((null, WritebackEventGroup.Unlisted, null), (meaning.Name, meaning.Group, meaning.Fix));
    }

    [Fact]
    public void The_provider_is_found_in_any_case() =>
        Assert.Equal("PasswordResetSuccess", WritebackEventMeaning.Of("passwordresetservice", 31002).Name);
}
