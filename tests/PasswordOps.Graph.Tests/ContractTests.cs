#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using PasswordOps.Graph.Models;

namespace PasswordOps.Graph.Tests;

/// <summary>
/// Holds every route and every JSON name that the adapter uses against Microsoft's own client library, which is generated from the
/// service's metadata. The library is read as data: its request builders carry method and address, its models the names that they
/// understand.
/// </summary>
public sealed class ContractTests : IClassFixture<ContractTests.Library>
{
    private readonly Library library;

    public ContractTests(Library library)
    {
        this.library = library;
    }

    public static TheoryData<string> RouteNames => new(Routes.All.Select(route => route.ToString()).Distinct());

    [Theory]
    [MemberData(nameof(RouteNames))]
    public void A_route_exists(string route)
    {
        // A name in parentheses is the same address in OData's other spelling; the library writes the namespace by its alias.
        string[] parts = route.Replace("/users('{id}')", "/users/{id}").Replace("/microsoft.graph.", "/graph.").Split(' ');

        Assert.True(library.Routes.TryGetValue(Shape(parts[1]), out HashSet<string>? methods), route + " is not in the library.");
        Assert.Contains(parts[0], methods);
    }

    [Fact]
    public void A_route_that_is_not_there_is_found_missing()
    {
        Assert.DoesNotContain(Shape("/users/{id}/authentication/phoneNumbers"), library.Routes.Keys);
        Assert.DoesNotContain("DELETE", library.Routes[Shape("/organization")]);
        Assert.True(library.Routes.Count > 5000, "The library was not read.");
    }

    [Fact]
    public void Every_name_that_is_read_exists()
    {
        int names = 0;
        foreach (JsonTypeInfo model in Models())
        {
            IReadOnlyList<string> types = model.Type.GetCustomAttribute<GraphModelAttribute>()!.Names;
            HashSet<string> known = types.SelectMany(type => library.NamesOf(type)).ToHashSet(StringComparer.Ordinal);
            foreach (JsonPropertyInfo property in model.Properties
                .Where(property => !property.Name.StartsWith("@odata.", StringComparison.Ordinal)))
            {
                Assert.True(known.Contains(property.Name), $"{string.Join("/", types)} has no {property.Name}.");
                names++;
            }
        }

        Assert.True(names > 60, "The adapter's own models were not read.");
    }

    [Fact]
    public void Every_name_that_is_written_exists()
    {
        Assert.All(Bodies.WrittenNames, written => Assert.Contains(written.Name, library.NamesOf(written.Model)));
        string[] constants = typeof(Bodies).GetFields(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            .OrderBy(name => name, StringComparer.Ordinal).ToArray();
        Assert.Equal(
            constants, Bodies.WrittenNames.Select(written => written.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_name_in_a_query_exists()
    {
        (string Select, string[] Types)[] selects =
        {
            (Routes.UserSelect, new[] { "User" }), (Routes.SourceSelect, new[] { "User" }),
            (Routes.OrganizationSelect, new[] { "Organization" }), (Routes.OwnedGroupSelect, new[] { "Group" }),
            (Routes.MembershipSelect, new[] { "DirectoryRole", "Group", "AdministrativeUnit" }),
            (Routes.DomainSelect, new[] { "Domain" }), (Routes.SkuSelect, new[] { "SubscribedSku" }),
            (Routes.LicenseSelect, new[] { "LicenseDetails" }),
            (Routes.SubscriptionSelect, new[] { "CompanySubscription" }), (Routes.UnitSelect, new[] { "AdministrativeUnit" }),
            ("id,allowedToUseSSPR", new[] { "AuthorizationPolicy" }), ("principalId,roleDefinition", new[] { "UnifiedRoleAssignment" }),
            ("principalId,roleDefinition", new[] { "UnifiedRoleEligibilityScheduleInstance" }),
            (Routes.DeletedSelect, new[] { "User" }), (Routes.AssignmentSelect, new[] { "UnifiedRoleAssignment" }),
            (Routes.AssignmentSelect, new[] { "UnifiedRoleEligibilityScheduleInstance" }), ("id", new[] { "DirectoryObject" }),
            (Routes.GroupSelect, new[] { "Group" }),
            (Routes.DefinitionSelect, new[] { "UnifiedRoleDefinition" }), ("isAssignableToRole", new[] { "Group" }),
            ("loggedByService,activityDisplayName,activityDateTime,targetResources", new[] { "DirectoryAudit" }),
        };
        foreach ((string select, string[] types) in selects)
        {
            HashSet<string> known = types.SelectMany(type => library.NamesOf(type)).ToHashSet(StringComparer.Ordinal);
            Assert.All(select.Split(','), name => Assert.Contains(name, known));
        }

        // Nothing is selected that is not listed above.
        foreach (Route route in Routes.All.Where(route => route.Query.Contains("$select=")))
        {
            Assert.Contains(Regex.Match(route.Query, @"\$select=([^&]*)").Groups[1].Value, selects.Select(one => one.Select));
        }
    }

    /// <summary>The types that the adapter's serializer knows, without lists and plain values.</summary>
    private static IEnumerable<JsonTypeInfo> Models() =>
        typeof(GraphJson).GetProperties()
            .Where(property => property.PropertyType.IsGenericType
                && property.PropertyType.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
            .Select(property => (JsonTypeInfo)property.GetValue(GraphJson.Default)!)
            .Where(type => type.Type.Name.StartsWith("Wire", StringComparison.Ordinal));

    /// <summary>An address with every value as <c>{}</c>.</summary>
    private static string Shape(string template) => Regex.Replace(template, @"\{[^}]*\}", "{}").TrimEnd('/');

    /// <summary>Microsoft.Graph.dll.</summary>
    public sealed class Library : IDisposable
    {
        private readonly PEReader file;
        private readonly MetadataReader metadata;
        private readonly Dictionary<string, List<TypeDefinitionHandle>> models = new(StringComparer.Ordinal);

        public Library()
        {
            string path = typeof(ContractTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "ContractAssembly").Value!;
            file = new PEReader(File.OpenRead(path));
            metadata = file.GetMetadataReader();
            foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
            {
                TypeDefinition type = metadata.GetTypeDefinition(handle);
                string name = metadata.GetString(type.Name);
                if (name.EndsWith("RequestBuilder", StringComparison.Ordinal))
                {
                    ReadBuilder(type);
                }
                else if (type.GetMethods().Any(method => NameOf(method) == "GetFieldDeserializers"))
                {
                    if (!models.TryGetValue(name, out List<TypeDefinitionHandle>? same))
                    {
                        models[name] = same = new List<TypeDefinitionHandle>();
                    }

                    same.Add(handle);
                }
            }
        }

        /// <summary>HTTP methods by address.</summary>
        public Dictionary<string, HashSet<string>> Routes { get; } = new(StringComparer.Ordinal);

        public void Dispose() => file.Dispose();

        /// <summary>The JSON names that a model and its bases understand.</summary>
        public HashSet<string> NamesOf(string model)
        {
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (TypeDefinitionHandle handle in models[model])
            {
                EntityHandle next = handle;
                while (next.Kind == HandleKind.TypeDefinition)
                {
                    TypeDefinition type = metadata.GetTypeDefinition((TypeDefinitionHandle)next);
                    foreach (MethodDefinitionHandle method in type.GetMethods().Where(method => NameOf(method) == "GetFieldDeserializers"))
                    {
                        names.UnionWith(Literals(method));
                    }

                    next = type.BaseType;
                }
            }

            return names;
        }

        private void ReadBuilder(TypeDefinition type)
        {
            HashSet<string> methods = type.GetMethods().Select(NameOf)
                .Where(name => name.StartsWith("To", StringComparison.Ordinal)
                    && name.EndsWith("RequestInformation", StringComparison.Ordinal))
                .Select(name => name[2..^"RequestInformation".Length].ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
            if (methods.Count == 0)
            {
                return;
            }

            string? template = type.GetMethods().Where(method => NameOf(method) == ".ctor").SelectMany(Literals)
                .FirstOrDefault(text => text.StartsWith("{+baseurl}", StringComparison.Ordinal));
            if (template is null)
            {
                return;
            }

            // The query part of a template begins with {? and is no segment.
            string shape = Shape(Regex.Replace(template["{+baseurl}".Length..], @"\{\?[^}]*\}", string.Empty));
            if (Routes.TryGetValue(shape, out HashSet<string>? known))
            {
                known.UnionWith(methods);
            }
            else
            {
                Routes.Add(shape, methods);
            }
        }

        private string NameOf(MethodDefinitionHandle handle) => metadata.GetString(metadata.GetMethodDefinition(handle).Name);

        /// <summary>The string literals of a method body: every ldstr (0x72) followed by a token of the user string heap (0x70).</summary>
        private List<string> Literals(MethodDefinitionHandle handle)
        {
            List<string> found = new();
            int address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address == 0)
            {
                return found;
            }

            byte[] code = file.GetMethodBody(address).GetILBytes() ?? Array.Empty<byte>();
            for (int i = 0; i + 4 < code.Length; i++)
            {
                if (code[i] == 0x72 && code[i + 4] == 0x70)
                {
                    int offset = code[i + 1] | (code[i + 2] << 8) | (code[i + 3] << 16);
                    found.Add(metadata.GetUserString(MetadataTokens.UserStringHandle(offset)));
                    i += 4;
                }
            }

            return found;
        }
    }
}
#endif
