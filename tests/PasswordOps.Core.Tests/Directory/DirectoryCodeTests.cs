using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Tests.Directory;

public class DirectoryCodeTests
{
    [Theory]
    [InlineData("bind", "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v2580", "52e")]
    [InlineData("bind", "80090346: LdapErr: DSID-0C090597, comment: AcceptSecurityContext error, data 80090346, v4563", "80090346")]
    [InlineData("bind", "00002028: LdapErr: DSID-0C090257, comment: The server requires binds to turn on integrity checking", "00002028")]
    [InlineData("write", "0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0", "0000052D")]
    [InlineData("write", "  0000052d: AtrErr: DSID-03191083, #1:", "0000052d")]
    [InlineData("write", "error in module acl: insufficient access rights during LDB_MODIFY (50)", null)]
    [InlineData("write", "AB12: no code of eight digits", null)]
    [InlineData("find", "", null)]
    [InlineData("find", null, null)]
    public void Of_a_text_only_the_code_is_read(string step, string? text, string? code) =>
        Assert.Equal(code, DirectoryCode.CodeIn(step, text));

    [Theory]
    [InlineData("bind", 49, "533", "AdSignInDisabled")]
    [InlineData("bind", 49, "1234", "AdSignInRefused")]
    [InlineData("bind", 49, null, "AdSignInRefused")]
    [InlineData("write", 49, "533", "AdRequestRefused")]
    [InlineData("find", 32, null, "AdUserNotFound")]
    [InlineData("write", 53, "0000052d", "AdPasswordRefused")]
    [InlineData("write", 19, "00000056", "AdCurrentPasswordWrong")]
    [InlineData("write", 50, null, "AdRightsMissing")]
    [InlineData("find", 85, null, "AdTimeout")]
    [InlineData("write", 4711, "DEADBEEF", "AdRequestRefused")]
    public void The_first_line_that_fits_says_what_a_code_means(string step, int result, string? code, string id) =>
        Assert.Equal(id, DirectoryCode.Of(step, result, code).Id);

    [Fact]
    public void Every_line_can_be_reached_and_an_id_has_one_kind()
    {
        Assert.All(DirectoryCode.All.Where(line => line.Result != "-"), line =>
        {
            string step = line.Step == "*" ? "find" : line.Step;
            int result = line.Result == "*" ? 9_999 : int.Parse(line.Result, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Same(line, DirectoryCode.Of(step, result, line.Code == "*" ? "FFFFFFFF" : line.Code));
        });
        Assert.All(
            DirectoryCode.All.GroupBy(line => line.Id), group => Assert.Single(group.Select(line => line.Kind).Distinct()));
        Assert.All(DirectoryCode.All, line => Assert.EndsWith(".", line.Message, StringComparison.Ordinal));
        Assert.True(KnowledgeTable.Load("directory-codes").ReviewedOn > new DateTime(2026, 1, 1));
    }

    [Fact]
    public void Values_fill_the_texts_once()
    {
        PasswordOpsException error = DirectoryCode.Own("AdCertificateFileInvalid").Tell("7", true, ("path", "/tmp/{why}"), ("why", "x"));
        Assert.Equal("The trusted certificate '/tmp/{why}' cannot be used: x.", error.Message);
        Assert.Equal(("7", true), (error.ServiceCode!, error.MayHaveHappened));
    }

    [Theory]
    [InlineData("S-1-5-21-1-2-3-1104", ActiveDirectoryNameKind.SecurityIdentifier)]
    [InlineData("s-1-5-18", ActiveDirectoryNameKind.SecurityIdentifier)]
    [InlineData(" {0F8FAD5B-D9CB-469F-A165-70867728950E} ", ActiveDirectoryNameKind.ObjectGuid)]
    [InlineData("CN=Anna,OU=Staff,DC=contoso,DC=com", ActiveDirectoryNameKind.DistinguishedName)]
    [InlineData("cn=Smith\\, Anna, dc=contoso,dc=com", ActiveDirectoryNameKind.DistinguishedName)]
    [InlineData("anna@contoso.com", ActiveDirectoryNameKind.UserPrincipalName)]
    [InlineData("anna", ActiveDirectoryNameKind.SamAccountName)]
    [InlineData("S-1-5-zzz", ActiveDirectoryNameKind.SamAccountName)]
    public void The_form_of_a_name_tells_its_kind(string name, ActiveDirectoryNameKind kind) =>
        Assert.Equal(kind, new ActiveDirectoryName(name).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("CONTOSO\\anna")]
    [InlineData("anna\nbert")]
    public void What_names_no_account_is_refused(string name) =>
        Assert.Equal("IdentityInvalid", Assert.Throws<PasswordOpsException>(() => new ActiveDirectoryName(name)).Id);

    [Theory]
    [InlineData(4, null)]
    [InlineData(-4, null)]
    [InlineData(7, "7 minutes ahead")]
    [InlineData(-90, "90 minutes behind")]
    public void Clocks_apart_are_warned_of(int minutes, string? words)
    {
        DomainController controller = new()
        {
            Name = "dc1.contoso.com", DomainName = "DC=contoso,DC=com", ClockSkew = TimeSpan.FromMinutes(minutes),
        };
        Assert.Equal(words is not null, controller.ClockWarning?.Contains(words ?? "-") ?? false);
    }
}
