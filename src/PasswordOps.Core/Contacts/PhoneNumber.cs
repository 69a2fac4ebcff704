using System;
using System.Linq;
using System.Text;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Rules for a phone number that password reset can use: E.164 digits, written as <c>+country code, one space, number</c>, with an
/// extension as <c>x123</c> (howto-sspr-authenticationdata; Microsoft Graph phoneAuthenticationMethod). Separators that people write are
/// taken out; nothing is guessed.
/// </summary>
internal static class PhoneNumber
{
    private const int MostDigits = 15;
    private const string Advice = "Write + and the country code, one space, then the number: +1 4255550100.";

    public static ContactValue Read(string text, bool allowExtension, string? defaultCountry = null)
    {
        string value = text.Trim();

        // Excel writes ="+1 ..." or '+1 ... to keep a number as text; the wrapping is its, not the number's.
        if (value.StartsWith("=\"", StringComparison.Ordinal) && value.EndsWith("\"", StringComparison.Ordinal) && value.Length > 3)
        {
            value = value.Substring(2, value.Length - 3).Trim();
        }
        else if (value.StartsWith("'", StringComparison.Ordinal))
        {
            value = value.Substring(1).Trim();
        }

        if (IsScientific(value))
        {
            return ContactValue.Bad(
                "PhoneScientific",
                "a spreadsheet turned it into a number in scientific notation, and its last digits are lost",
                "Format the column as text in the spreadsheet and fill it in again.");
        }

        string? extension = null;
        int x = value.IndexOfAny(new[] { 'x', 'X' });
        if (x > 0)
        {
            extension = value.Substring(x + 1).Trim();
            value = value.Substring(0, x).TrimEnd();
            if (extension.Length is 0 or > 10 || !extension.All(IsDigit))
            {
                return ContactValue.Bad(
                    "PhoneExtension", "its extension is not 1 to 10 digits", "Write an extension as x and digits: +1 4255550199x123.");
            }

            if (!allowExtension)
            {
                return ContactValue.Bad(
                    "PhoneExtension", "a mobile number cannot have an extension",
                    "Leave the extension out, or put the number in the office column.");
            }
        }

        if (value.Any(c => char.IsLetter(c)))
        {
            return ContactValue.Bad("PhoneCharacter", "it has letters", Advice);
        }

        if (value.StartsWith("00", StringComparison.Ordinal))
        {
            return ContactValue.Bad("PhoneNoCountryCode", "it begins with 00, not with + and the country code", Advice);
        }

        if (!value.StartsWith("+", StringComparison.Ordinal))
        {
            return ContactValue.Bad("PhoneNoCountryCode", "it has no + and country code: the service cannot know the country", Advice);
        }

        // (0) is how a national trunk zero is printed; nobody dials it after a country code.
        string body = value.Substring(1).Replace("(0)", " ");
        StringBuilder digits = new(body.Length);
        foreach (char c in body)
        {
            if (IsDigit(c))
            {
                digits.Append(c);
            }
            else if (!(c is ' ' or '-' or '.' or '(' or ')' or '/' or '\u00A0' or '\u2007' or '\u202F' or '\u2010' or '\u2011' or '\u2013'))
            {
                return ContactValue.Bad("PhoneCharacter", "it has a character that is neither digit nor separator", Advice);
            }
        }

        string all = digits.ToString();
        if (all.Length > MostDigits)
        {
            return ContactValue.Bad("PhoneLength", $"it has more than the {MostDigits} digits that a number can have", Advice);
        }

        CallingCodes.CallingCode? code = CallingCodes.Of(all);
        if (code is null)
        {
            return ContactValue.Bad("PhoneCountryCode", "it does not begin with a country code that exists", Advice);
        }

        string number = all.Substring(code.Code.Length);
        if (code.DropsTrunkZero && number.StartsWith("0", StringComparison.Ordinal))
        {
            return ContactValue.Bad(
                "PhoneTrunkZero", $"it keeps the national 0 after the country code +{code.Code}", $"Drop the 0 that follows +{code.Code}.");
        }

        if (number.Length < code.Fewest || number.Length > code.Most)
        {
            string lengths = code.Fewest == code.Most ? $"{code.Fewest}" : $"{code.Fewest} to {code.Most}";
            return ContactValue.Bad(
                "PhoneLength", $"it has {number.Length} digits after +{code.Code}, where {lengths} are expected", Advice);
        }

        string? note = extension is null
            ? null
            : "password reset drops the extension before it calls: put it in the exchange, or the call ends at the main number";
        return new ContactValue("+" + code.Code + " " + number + (extension is null ? string.Empty : "x" + extension), null, note);
    }

    /// <summary>A number for the screen: country code and the last two digits.</summary>
    public static string Masked(string number)
    {
        int space = number.IndexOf(' ');
        string code = space > 0 ? number.Substring(0, space) : "+";
        string end = number.Split('x')[0];
        return code + " ***" + (end.Length >= 2 ? end.Substring(end.Length - 2) : string.Empty);
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    // 3.16E+10 and, where the decimal separator is a comma, 3,16E+10.
    private static bool IsScientific(string value)
    {
        int e = value.IndexOfAny(new[] { 'e', 'E' });
        return e > 0 && e < value.Length - 1
            && value.Substring(0, e).All(c => IsDigit(c) || c is '.' or ',')
            && value.Substring(e + 1).All(c => IsDigit(c) || c is '+' or '-');
    }
}
