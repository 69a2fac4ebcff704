using PasswordOps.Core.Contacts;

namespace PasswordOps.Core.Tests.Contacts;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("+1 4255550100", "+1 4255550100")]
    [InlineData("+14255550100", "+1 4255550100")]
    [InlineData(" +1 (425) 555-0100 ", "+1 4255550100")]
    [InlineData("+44 20 7946 0123", "+44 2079460123")]
    [InlineData("+44 (0)20 7946 0123", "+44 2079460123")]
    [InlineData("+358 9 1234567", "+358 91234567")]
    [InlineData("=\"+1 4255550100\"", "+1 4255550100")]
    [InlineData("'+1 4255550100", "+1 4255550100")]
    [InlineData("+1\u00A0425\u00A0555\u20110100", "+1 4255550100")]
    [InlineData("+39 06 12345678", "+39 0612345678")]
    public void Numbers_come_out_in_the_form_of_the_service(string text, string expected)
    {
        ContactValue value = PhoneNumber.Read(text, allowExtension: false);
        Assert.Null(value.Problem);
        Assert.Equal(expected, value.Value);
    }

    [Theory]
    [InlineData("0612345678", "PhoneNoCountryCode")]
    [InlineData("0014255550100", "PhoneNoCountryCode")]
    [InlineData("4255550100", "PhoneNoCountryCode")]
    [InlineData("+1 425-CALL", "PhoneCharacter")]
    [InlineData("+1 4255550100x123", "PhoneExtension")]
    [InlineData("3.16E+10", "PhoneScientific")]
    [InlineData("3,16E+10", "PhoneScientific")]
    [InlineData("+1 42555501", "PhoneLength")]
    [InlineData("+1 425555010099", "PhoneLength")]
    [InlineData("+44 20794601234567890", "PhoneLength")]
    [InlineData("+31 0201234567", "PhoneTrunkZero")]
    [InlineData("+999 12345678", "PhoneCountryCode")]
    [InlineData("+", "PhoneCountryCode")]
    [InlineData("+1 425*5550100", "PhoneCharacter")]
    [InlineData("+1 425555;0100", "PhoneCharacter")]
    [InlineData("++1 4255550100", "PhoneCharacter")]
    public void Wrong_numbers_break_a_rule_that_has_a_name(string text, string rule)
    {
        ContactValue value = PhoneNumber.Read(text, allowExtension: false);
        Assert.Equal(rule, value.Problem?.Rule);
        Assert.True(text.Length < 4 || !value.Problem!.Reason.Contains(text));
    }

    [Theory]
    [InlineData("+1 4255550199x123")]
    [InlineData("+1 4255550199 X 123")]
    public void An_office_number_keeps_its_extension_and_says_what_becomes_of_it(string text)
    {
        ContactValue value = PhoneNumber.Read(text, allowExtension: true);
        Assert.Equal("+1 4255550199x123", value.Value);
        Assert.NotNull(value.Note);
    }

    [Theory]
    [InlineData("+1 4255550199x")]
    [InlineData("+1 4255550199x12a")]
    [InlineData("+1 4255550199 ext 12")]
    public void A_broken_extension_is_refused_even_for_an_office(string text) =>
        Assert.NotNull(PhoneNumber.Read(text, allowExtension: true).Problem);

    [Fact]
    public void Masked_numbers_show_country_and_last_two_digits() => Assert.Equal("+1 ***00", PhoneNumber.Masked("+1 4255550100x77"));

    [Theory]
    [InlineData("anna@fabrikam.com", null)]
    [InlineData("anna.o'neil+work@mail.fabrikam.co.uk", null)]
    [InlineData("anna@fabrikam", "EmailForm")]
    [InlineData("anna", "EmailForm")]
    [InlineData("a@b@fabrikam.com", "EmailForm")]
    [InlineData(".anna@fabrikam.com", "EmailForm")]
    [InlineData("anna@-fabrikam.com", "EmailForm")]
    [InlineData("anna@fabrikam.123", "EmailForm")]
    [InlineData("ann\u00E1@fabrikam.com", "EmailCharacter")]
    [InlineData("Anna <anna@fabrikam.com>", "EmailCharacter")]
    [InlineData("anna@fabrikam.com;bob@fabrikam.com", "EmailCharacter")]
    public void Mail_addresses_follow_their_rules(string text, string? rule) => Assert.Equal(rule, MailAddress.Read(text).Problem?.Rule);
}
