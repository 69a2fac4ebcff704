using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.OnPremises.ActiveDirectory.Rights;

/// <summary>Reads what rights are judged by from the schema.</summary>
internal static class SchemaEntries
{
    // Deeper than any schema derives from user.
    private const int Deepest = 10;

    private static readonly string[] AttributeAttributes = { "lDAPDisplayName", "schemaIDGUID", "attributeSecurityGUID" };

    private static readonly string[] ClassAttributes =
    {
        "lDAPDisplayName", "schemaIDGUID", "defaultSecurityDescriptor", "objectClassCategory", "governsID",
    };

    public static async Task<RightsSchema> ReadAsync(DirectorySearch search, string schema, CancellationToken stop)
    {
        IReadOnlyList<Entry> attributes = await search.TreeAsync(
            schema, "(&(objectClass=attributeSchema)(|(lDAPDisplayName=pwdLastSet)(lDAPDisplayName=lockoutTime)))", AttributeAttributes,
            stop).ConfigureAwait(false);
        List<SchemaClass> classes = new();
        IReadOnlyList<Entry> found = await search.TreeAsync(
            schema, "(&(objectClass=classSchema)(lDAPDisplayName=user))", ClassAttributes, stop).ConfigureAwait(false);
        for (int depth = 0; found.Count > 0 && depth < Deepest; depth++)
        {
            classes.AddRange(found.Where(IsStructural).Select(Class).OfType<SchemaClass>());

            // A class is named as the parent by its name; a server may give the number of it instead.
            string parents = string.Concat(found
                .SelectMany(entry => new[] { entry.Text("lDAPDisplayName"), entry.Text("governsID") })
                .OfType<string>().Select(name => $"(subClassOf={LdapText.FilterValue(name)})"));
            if (parents.Length == 0)
            {
                break;
            }

            found = await search.TreeAsync(
                schema, $"(&(objectClass=classSchema)(|{parents})(!(lDAPDisplayName=top)))", ClassAttributes, stop).ConfigureAwait(false);
        }

        return new RightsSchema
        {
            PasswordLastSet = Attribute(attributes, "pwdLastSet"), LockoutTime = Attribute(attributes, "lockoutTime"), Classes = classes,
        };
    }

    private static SchemaAttribute? Attribute(IEnumerable<Entry> entries, string name)
    {
        Entry? entry = entries.FirstOrDefault(
            one => string.Equals(one.Text("lDAPDisplayName"), name, StringComparison.OrdinalIgnoreCase));
        return entry is not null && Id(entry, "schemaIDGUID") is Guid id
            ? new SchemaAttribute(id, Id(entry, "attributeSecurityGUID"))
            : null;
    }

    private static SchemaClass? Class(Entry entry) =>
        entry.Text("lDAPDisplayName") is string name && Id(entry, "schemaIDGUID") is Guid id
            ? new SchemaClass(name, id, entry.Text("defaultSecurityDescriptor"))
            : null;

    // 1 is structural; 0 stands for classes of before that was told apart.
    private static bool IsStructural(Entry entry) => entry.Number("objectClassCategory") is null or 0 or 1;

    private static Guid? Id(Entry entry, string attribute) => entry.Bytes(attribute) is { Length: 16 } bytes ? new Guid(bytes) : null;
}
