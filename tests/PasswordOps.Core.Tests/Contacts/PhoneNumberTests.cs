using System;
using System.Linq;
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

    [Theory]
    [InlineData("NL", "06 12345678", "+31 612345678")]
    [InlineData("nl", "06-12345678", "+31 612345678")]
    [InlineData("+31", "(020) 123 45 67", "+31 201234567")]
    [InlineData("NL", "612345678", "+31 612345678")]
    [InlineData("NL", "31612345678", "+31 612345678")]
    [InlineData("NL", "0031612345678", "+31 612345678")]
    [InlineData("NL", "00 31 (0)6 12345678", "+31 612345678")]
    [InlineData("NL", "0049 171 3920012", "+49 1713920012")]
    [InlineData("NL", "+49 171 3920012", "+49 1713920012")]
    [InlineData("NL", "(+49) 171 3920012", "+49 1713920012")]
    [InlineData("NL", "'0612345678", "+31 612345678")]
    [InlineData("NL", "=\"0612345678\"", "+31 612345678")]
    [InlineData("NL", "\u202A06 12345678\u202C", "+31 612345678")]
    [InlineData("DE", "0171 3920012", "+49 1713920012")]
    [InlineData("DE", "(0)30 / 23125 012", "+49 3023125012")]
    [InlineData("AT", "0664 1234567", "+43 6641234567")]
    [InlineData("BE", "0470 12 34 56", "+32 470123456")]
    [InlineData("FR", "06 39 98 00 12", "+33 639980012")]
    [InlineData("GB", "020 7946 0123", "+44 2079460123")]
    [InlineData("UK", "0044 20 7946 0123", "+44 2079460123")]
    [InlineData("CH", "079 123 45 67", "+41 791234567")]
    [InlineData("IT", "06 12345678", "+39 0612345678")]
    [InlineData("IT", "347 1234567", "+39 3471234567")]
    [InlineData("IT", "391 1234567", "+39 3911234567")]
    [InlineData("ES", "612 345 678", "+34 612345678")]
    [InlineData("DK", "20 12 34 56", "+45 20123456")]
    [InlineData("HU", "06 30 123 4567", "+36 301234567")]
    [InlineData("RU", "8 (912) 345-67-89", "+7 9123456789")]
    [InlineData("RU", "8123456789", "+7 8123456789")]
    [InlineData("RU", "8 10 31 612345678", "+31 612345678")]
    [InlineData("US", "(425) 555-0100", "+1 4255550100")]
    [InlineData("US", "1-425-555-0100", "+1 4255550100")]
    [InlineData("US", "011 44 20 7946 0123", "+44 2079460123")]
    [InlineData("CA", "0044 20 7946 0123", "+44 2079460123")]
    [InlineData("AU", "0491 570 156", "+61 491570156")]
    [InlineData("AU", "0011 1 425 555 0100", "+1 4255550100")]
    public void Numbers_without_a_country_code_are_read_as_they_are_dialled_in_their_country(string country, string text, string expected)
    {
        ContactValue value = PhoneNumber.Read(text, allowExtension: false, country);
        Assert.Null(value.Problem);
        Assert.Equal(expected, value.Value);
    }

    [Theory]
    [InlineData("NL", "12345678", "PhoneLength")]
    [InlineData("NL", "0612345", "PhoneLength")]
    [InlineData("NL", "06123456789", "PhoneLength")]
    [InlineData("NL", "1234", "PhoneLength")]
    [InlineData("NL", "3.16E+10", "PhoneScientific")]
    [InlineData("NL", "06-BELLEN", "PhoneCharacter")]
    [InlineData("NL", "+31 0612345678", "PhoneTrunkZero")]
    [InlineData("NL", "00310612345678", "PhoneTrunkZero")]
    [InlineData("NL", "00999123456", "PhoneCountryCode")]
    [InlineData("DE", "171 3920012", "PhoneNoCountryCode")]
    [InlineData("DE", "491713920012", "PhoneNoCountryCode")]
    [InlineData("DE", "01234", "PhoneLength")]
    [InlineData("IT", "393471234567", "PhoneNoCountryCode")]
    [InlineData("IT", "39061234567", "PhoneNoCountryCode")]
    [InlineData("EE", "37251234567", "PhoneNoCountryCode")]
    [InlineData("US", "1425555010", "PhoneLength")]
    [InlineData("BR", "11 91234-5678", "PhoneNoCountryCode")]
    [InlineData("NL", "", "PhoneLength")]
    public void What_could_be_two_numbers_or_none_is_refused(string country, string text, string rule) =>
        Assert.Equal(rule, PhoneNumber.Read(text, allowExtension: false, country).Problem?.Rule);

    [Fact]
    public void A_number_that_lost_its_plus_is_told_so()
    {
        ContactValue value = PhoneNumber.Read("31612345678", allowExtension: false);
        Assert.Equal("PhoneNoCountryCode", value.Problem!.Rule);
        Assert.Contains("spreadsheets take away", value.Problem.Reason);
        Assert.Contains("-DefaultCountry", value.Problem.Advice);
    }

    [Fact]
    public void An_office_number_of_the_country_keeps_its_extension()
    {
        ContactValue value = PhoneNumber.Read("020 123 45 67 x89", allowExtension: true, "NL");
        Assert.Equal("+31 201234567x89", value.Value);
        Assert.NotNull(value.Note);
    }

    [Theory]
    [InlineData("NL", "31", "NL (+31)")]
    [InlineData(" de ", "49", "DE (+49)")]
    [InlineData("+1", "1", "+1")]
    [InlineData("XK", "383", "XK (+383)")]
    public void Countries_are_found_by_letters_and_by_calling_code(string text, string code, string shown)
    {
        ContactCountry country = ContactCountry.Find(text);
        Assert.Equal(code, country.CallingCode);
        Assert.Equal(shown, country.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("XX")]
    [InlineData("31")]
    [InlineData("+999")]
    [InlineData("+310")]
    [InlineData("Netherlands")]
    public void An_unknown_country_is_refused(string text)
    {
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() => ContactCountry.Find(text));
        Assert.Equal("CountryUnknown", failure.Id);
        Assert.Equal(ErrorKind.InvalidArgument, failure.Kind);
    }

    [Fact]
    public void Every_country_has_a_calling_code_that_exists_and_no_number_of_it_is_garbled()
    {
        string[] countries = ContactCountry.All.ToArray();
        Assert.True(countries.Length > 240);
        Random random = new(20261120);
        foreach (string name in countries)
        {
            ContactCountry country = ContactCountry.Find(name);
            CallingCodes.CallingCode rules = country.Rules;
            for (int i = 0; i < 40; i++)
            {
                // Neither 0 nor a trunk prefix begins a number.
                int length = random.Next(Math.Max(rules.Fewest, 7), Math.Min(rules.Most, 11) + 1);
                string number = string.Concat(Enumerable.Range(0, length).Select(at => at == 0 ? random.Next(2, 8) : random.Next(10)));
                string expected = $"+{country.CallingCode} {number}";
                if (!rules.Fits(length))
                {
                    continue;
                }

                Assert.Equal(expected, PhoneNumber.Read("+" + country.CallingCode + number, false, name).Value);
                Assert.Equal(expected, PhoneNumber.Read("00" + country.CallingCode + Spread(number, random), false, name).Value);
                string national = PhoneNumber.Read(rules.Trunk + Spread(number, random), false, name).Value;
                if (rules.Trunk is null)
                {
                    Assert.Empty(national);
                }
                else if (rules.Trunk.Length > 0)
                {
                    Assert.Equal(expected, national);
                }
                else
                {
                    // Refused where it could be read in two ways.
                    Assert.Contains(national, new[] { expected, string.Empty });
                    Assert.True(national.Length > 0 || number.StartsWith(country.CallingCode, StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public void Whatever_the_text_a_number_in_the_form_of_the_service_or_a_rule_comes_out_and_the_form_is_stable()
    {
        Random random = new(4);
        string[] countries = { string.Empty, "NL", "DE", "IT", "US", "RU", "HU", "BR", "ES" };
        const string letters = "0123456789012345678901234567890+-() ./xX'=\"Ee,\u00A0\u202A\0";
        for (int i = 0; i < 30_000; i++)
        {
            string text = new(Enumerable.Range(0, random.Next(18)).Select(_ => letters[random.Next(letters.Length)]).ToArray());
            string country = countries[random.Next(countries.Length)];
            ContactValue value = PhoneNumber.Read(text, allowExtension: true, country);
            if (value.Problem is null)
            {
                Assert.Matches("^\\+[1-9][0-9]{0,2} [0-9]{4,14}(x[0-9]{1,10})?$", value.Value);
                Assert.Equal(value.Value, PhoneNumber.Read(value.Value, allowExtension: true, country).Value);
                Assert.Equal(value.Value, PhoneNumber.Read(value.Value, allowExtension: true).Value);
            }
            else
            {
                Assert.Empty(value.Value);
                Assert.StartsWith("Phone", value.Problem.Rule);
            }
        }
    }

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
    [InlineData("=\"anna@fabrikam.com\"", null)]
    [InlineData("anna@fabrikam.com;bob@fabrikam.com", "EmailCharacter")]
    public void Mail_addresses_follow_their_rules(string text, string? rule) => Assert.Equal(rule, MailAddress.Read(text).Problem?.Rule);

    private static string Spread(string digits, Random random) =>
        string.Concat(digits.Select(digit => random.Next(3) == 0 ? " " + digit : digit.ToString()));
}
