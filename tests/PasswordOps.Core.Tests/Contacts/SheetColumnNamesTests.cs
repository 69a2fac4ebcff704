using System;
using System.Linq;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Core.Tests.Contacts;

public sealed class SheetColumnNamesTests
{
    [Theory]
    [InlineData("UserPrincipalName", SheetColumn.Identity)]
    [InlineData("user principal name", SheetColumn.Identity)]
    [InlineData("User principal name [userPrincipalName] Required", SheetColumn.Identity)]
    [InlineData("Benutzer [userPrincipalName]", SheetColumn.Identity)]
    [InlineData("UPN", SheetColumn.Identity)]
    [InlineData("Identity", SheetColumn.Identity)]
    [InlineData("ID", SheetColumn.Identity)]
    [InlineData("object_id", SheetColumn.Identity)]
    [InlineData("User", SheetColumn.Identity)]
    [InlineData("Gebruiker", SheetColumn.Identity)]
    [InlineData("gebruikersnaam", SheetColumn.Identity)]
    [InlineData("Mobile", SheetColumn.Mobile)]
    [InlineData("mobilePhone", SheetColumn.Mobile)]
    [InlineData("MOBILE-PHONE", SheetColumn.Mobile)]
    [InlineData("Mobiel", SheetColumn.Mobile)]
    [InlineData("Mobiele telefoon", SheetColumn.Mobile)]
    [InlineData("AlternateMobile", SheetColumn.AlternateMobile)]
    [InlineData("Alternate mobile phone", SheetColumn.AlternateMobile)]
    [InlineData("AlternateMobilePhones", SheetColumn.AlternateMobile)]
    [InlineData("Alternatief mobiel", SheetColumn.AlternateMobile)]
    [InlineData("Office", SheetColumn.Office)]
    [InlineData("Office phone", SheetColumn.Office)]
    [InlineData("businessPhones", SheetColumn.Office)]
    [InlineData("Business_Phone", SheetColumn.Office)]
    [InlineData("Kantoortelefoon", SheetColumn.Office)]
    [InlineData("e-mail", SheetColumn.Email)]
    [InlineData("E\u2011mailadres", SheetColumn.Email)]
    [InlineData("Alternate email", SheetColumn.Email)]
    [InlineData("otherMails", SheetColumn.Email)]
    [InlineData("AlternateEmailAddresses", SheetColumn.Email)]
    [InlineData("Benutzerprinzipalname", SheetColumn.Identity)]
    [InlineData("Benutzerprinzipalname [userPrincipalName]", SheetColumn.Identity)]
    [InlineData("Handy", SheetColumn.Mobile)]
    [InlineData("Mobiltelefon", SheetColumn.Mobile)]
    [InlineData("Alternatives Mobiltelefon", SheetColumn.AlternateMobile)]
    [InlineData("GESCH\u00C4FTLICH", SheetColumn.Office)]
    [InlineData("Gescha\u0308ftlich", SheetColumn.Office)]
    [InlineData("E-Mail-Adresse", SheetColumn.Email)]
    [InlineData("Alternative E-Mail", SheetColumn.Email)]
    public void Finds_the_column_by_any_of_its_names(string heading, SheetColumn column) =>
        Assert.Equal(column, SheetColumnNames.Find(heading));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Department")]
    [InlineData("mail")]
    [InlineData("[]")]
    [InlineData("]UPN[")]
    [InlineData("Mobile\uD800")]
    public void Other_headings_are_no_column(string heading) => Assert.Null(SheetColumnNames.Find(heading));

    [Theory]
    [InlineData("Moblie", "Mobile")]
    [InlineData("UserPrincipleName", "UserPrincipalName")]
    [InlineData("Gebruikernaam", "Gebruikersnaam")]
    [InlineData("Department", null)]
    [InlineData("x", null)]
    public void Suggests_only_what_is_near(string heading, string? name) => Assert.Equal(name, SheetColumnNames.Nearest(heading));

    [Fact]
    public void Every_column_has_a_preferred_name_in_the_order_of_the_enum()
    {
        SheetColumn[] columns = Enum.GetValues(typeof(SheetColumn)).Cast<SheetColumn>().ToArray();
        string preferred = string.Join(" ", SheetColumnNames.Preferred.Select(name => SheetColumnNames.Find(name)!.Value));
        Assert.Equal(string.Join(" ", columns), preferred);
    }
}
