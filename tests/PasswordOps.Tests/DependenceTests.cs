using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>
/// The one rule of dependence: cmdlets -> Core, adapters -> Core and their packages, Core -> nothing; no third party's type in a signature.
/// </summary>
public class DependenceTests
{
    private static readonly string[] Adapters = { "PasswordOps.Graph", "PasswordOps.Files", "PasswordOps.OnPremises" };

    private static readonly HashSet<string> Runtime =
        Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Select(Path.GetFileNameWithoutExtension)
            .ToHashSet(StringComparer.OrdinalIgnoreCase)!;

    private static readonly HashSet<string> NetFramework =
        Directory.GetFiles(Places.NetFramework, "*.dll", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.OrdinalIgnoreCase)!;

    public static TheoryData<string> Targets => new() { "Core", "Desktop" };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Core_refers_to_nothing_but_the_base_class_library(string target) =>
        Assert.All(References(target, "PasswordOps.Core"), reference => Assert.True(IsBase(target, reference.Name), reference.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_cmdlets_refer_to_Core_and_PowerShell_only(string target) => Assert.All(
        References(target, "PasswordOps"),
        reference => Assert.True(
            IsBase(target, reference.Name) || reference.Name is "PasswordOps.Core" or "System.Management.Automation", reference.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Adapters_do_not_refer_to_each_other_or_to_PowerShell(string target)
    {
        foreach (string adapter in Adapters)
        {
            string[] names = References(target, Path.Combine("adapters", adapter)).Select(reference => reference.Name).ToArray();
            Assert.Contains("PasswordOps.Core", names);
            Assert.DoesNotContain(
                names, name => name == "PasswordOps" || name == "System.Management.Automation" || Adapters.Contains(name));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_adapters_folder_is_complete_and_holds_no_older_file_than_asked_for(string target)
    {
        string folder = Path.Combine(Places.Module, target, "adapters");
        Dictionary<string, Version> present = Directory.GetFiles(folder, "*.dll")
            .ToDictionary(
                file => Path.GetFileNameWithoutExtension(file),
                file => AssemblyName.GetAssemblyName(file).Version!,
                StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("PasswordOps.Core", present.Keys);
        List<string> missing = new();
        foreach (string assembly in present.Keys)
        {
            foreach ((string name, Version version) in References(target, Path.Combine("adapters", assembly)))
            {
                bool good = present.TryGetValue(name, out Version? have)
                    ? have >= version
                    : name == "PasswordOps.Core" || IsBase(target, name);
                if (!good)
                {
                    missing.Add($"{assembly} wants {name} {version}, the folder has {have?.ToString() ?? "none"}");
                }
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void No_public_signature_names_a_type_of_a_third_party()
    {
        FolderContext context = new();
        string[] files = new[] { "PasswordOps", "PasswordOps.Core" }.Select(name => Path.Combine(Places.Module, "Core", name + ".dll"))
            .Concat(Adapters.Select(name => Path.Combine(Places.Module, "Core", "adapters", name + ".dll"))).ToArray();
        List<string> found = new();
        int seen = 0;
        foreach (Assembly assembly in files.Select(context.LoadFromAssemblyPath))
        {
            foreach (Type type in assembly.GetExportedTypes())
            {
                foreach ((string member, Type used) in Signature(type)
                    .SelectMany(pair => Parts(pair.Used).Select(part => (pair.Member, part))))
                {
                    seen++;
                    string home = used.Assembly.GetName().Name!;
                    if (!Runtime.Contains(home)
                        && home is not ("PasswordOps" or "PasswordOps.Core" or "System.Management.Automation")
                        && home != assembly.GetName().Name)
                    {
                        found.Add($"{type.FullName}.{member}: {used.FullName}");
                    }
                }
            }
        }

        Assert.Empty(found);
        Assert.True(seen > 1000, "Too few signatures were looked at: " + seen);
    }

    [Fact]
    public void The_practice_tenant_shares_no_code_with_the_module()
    {
        string root = Path.Combine(Places.Repository, "src", "PasswordOps.Practice");
        string[] files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("Tour/", StringComparison.Ordinal))
            .ToArray();
        Assert.True(files.Length > 30, "The tenant's sources were not found.");
        Regex client = new(@"PasswordOps\.(Core|Graph|Files|OnPremises)\b(?!/)");
        Assert.DoesNotContain(files, file => client.IsMatch(File.ReadAllText(Path.Combine(root, file))));
    }

    private static bool IsBase(string target, string name) =>
        target == "Core" ? Runtime.Contains(name) : name == "netstandard" || NetFramework.Contains(name);

    private static IReadOnlyList<(string Name, Version Version)> References(string target, string assembly)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Places.Module, target, assembly + ".dll"));
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Select(reference => (metadata.GetString(reference.Name), reference.Version))
            .ToArray();
    }

    private static IEnumerable<(string Member, Type Used)> Signature(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.BaseType is Type parent)
        {
            yield return ("base", parent);
        }

        foreach (Type implemented in type.GetInterfaces())
        {
            yield return ("interface", implemented);
        }

        foreach (MethodBase method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            if (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            {
                foreach (ParameterInfo parameter in method.GetParameters())
                {
                    yield return (method.Name, parameter.ParameterType);
                }

                if (method is MethodInfo { ReturnType: Type returned })
                {
                    yield return (method.Name, returned);
                }
            }
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            yield return (field.Name, field.FieldType);
        }
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericParameter ? Enumerable.Empty<Type>() : type.GetGenericArguments().SelectMany(Parts).Append(type);
    }

    private sealed class FolderContext : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == "System.Management.Automation")
            {
                return LoadFromAssemblyPath(Places.PowerShellReference);
            }

            string[] places = { Path.Combine(Places.Module, "Core"), Path.Combine(Places.Module, "Core", "adapters") };
            string? file = places.Select(folder => Path.Combine(folder, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists);
            return file is null || Runtime.Contains(assemblyName.Name!) ? null : LoadFromAssemblyPath(file);
        }
    }
}
