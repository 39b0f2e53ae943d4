using System.Reflection;
using System.Xml.Linq;
using DextSage.App;
using DextSage.Integration;
using Microsoft.JSInterop;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>Who may know whom (docs/decisions/rooms.md), read from what the compiled types refer to.</summary>
public sealed class Rooms
{
    private const string House = "DextSage.Integration";
    private static readonly Assembly Integration = typeof(IntegrationServices).Assembly;
    private static readonly Assembly App = typeof(Urls).Assembly;

    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Sage"] = [],
        ["Sandbox"] = [],
        ["Csv"] = [],
        ["People"] = ["Storage"],
        ["Storage"] = ["People", "Connections", "Lists", "Items", "Intake", "Rules", "Publishing"],
        ["Jobs"] = ["Storage"],
        ["Connections"] = ["Sage", "Jobs", "People", "Storage"],
        ["Lists"] = ["Csv", "Connections", "Sage", "Jobs", "People", "Storage"],
        ["Items"] = ["Csv", "Lists", "Connections", "Jobs", "People", "Storage"],
        ["Rules"] = ["Items", "Lists", "Connections", "Jobs", "People", "Storage"],
        ["Intake"] = ["Csv", "Items", "Jobs", "People", "Storage"],
        ["Publishing"] = ["Items", "Lists", "Connections", "Sage", "Jobs", "People", "Storage"],
        // IntegrationServices, which puts them together for the host.
        [""] = ["Sage", "People", "Storage", "Jobs", "Connections", "Lists", "Items", "Rules", "Intake", "Publishing"],
    };

    /// <summary>Outside libraries that one room alone may use.</summary>
    private static readonly (string Library, string[] Rooms)[] KeptBehindOneDoor =
    [
        ("Quartz", ["Jobs"]),
        ("Refit", ["Sage"]),
        ("UglyToad.PdfPig", ["Intake"]),
        ("SkiaSharp", ["Intake"]),
        ("ImageMagick", ["Intake"]),
        ("CsvHelper", ["Csv", "Intake"]),
        ("Microsoft.EntityFrameworkCore", ["", "Storage", "People", "Connections", "Lists", "Items", "Rules", "Intake", "Publishing", "Jobs"]),
    ];

    private static IEnumerable<(Type From, Type To)> Edges(Assembly assembly) =>
        from type in assembly.GetTypes()
        from member in References.Of(type)
        from target in References.Types(member)
        select (type, target);

    [Fact]
    public void A_room_knows_only_the_rooms_that_it_may()
    {
        var strays = Edges(Integration).Where(e => RoomOf(e.From) is not null && RoomOf(e.To) is not null)
            .Where(e => RoomOf(e.From) != RoomOf(e.To) && !MayKnow[RoomOf(e.From)!].Contains(RoomOf(e.To), StringComparer.Ordinal))
            .Select(e => $"{e.From.FullName} → {e.To.FullName}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Empty(strays);
    }

    [Fact]
    public void Every_room_is_in_the_table_and_the_reading_sees_what_is_there()
    {
        Assert.Equal(MayKnow.Keys.Order(StringComparer.Ordinal), Integration.GetTypes().Select(RoomOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var seen = Edges(Integration).Select(e => (RoomOf(e.From), RoomOf(e.To))).ToHashSet();
        foreach (var (room, others) in MayKnow.Where(m => m.Key.Length > 0))
            foreach (var other in others)
                Assert.True(seen.Contains((room, other)), $"{room} may know {other} and does not: take it out of the table.");
    }

    [Fact]
    public void A_library_stays_behind_its_door()
    {
        var strays =
            from edge in Edges(Integration)
            from kept in KeptBehindOneDoor
            where IsOf(edge.To, kept.Library) && RoomOf(edge.From) is { } room && !kept.Rooms.Contains(room, StringComparer.Ordinal)
            select $"{edge.From.FullName} → {edge.To.FullName}";
        Assert.Empty(strays.Distinct(StringComparer.Ordinal));
        Assert.All(KeptBehindOneDoor, kept => Assert.Contains(Edges(Integration), e => IsOf(e.To, kept.Library)));
    }

    [Fact]
    public void The_host_alone_knows_the_sandbox_and_nothing_of_ours_knows_the_app()
    {
        var toSandbox = Edges(App).Where(e => RoomOf(e.To) == "Sandbox").Select(e => e.From.Namespace).Distinct(StringComparer.Ordinal);
        Assert.Equal(["DextSage.App.Hosting"], toSandbox);
        Assert.DoesNotContain(Integration.GetReferencedAssemblies(), a => a.Name == App.GetName().Name);
    }

    [Fact]
    public void Nobody_asks_the_machine_for_the_time()
    {
        var askers =
            from assembly in new[] { App, Integration }
            from type in assembly.GetTypes()
            from method in References.Of(type).OfType<MethodInfo>()
            where (method.DeclaringType == typeof(DateTime) || method.DeclaringType == typeof(DateTimeOffset)) && method.Name is "get_Now" or "get_UtcNow" or "get_Today"
            select type.FullName;
        Assert.Empty(askers);
    }

    [Fact]
    public void What_a_browser_may_call_is_listed()
    {
        var callable = App.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.GetCustomAttribute<JSInvokableAttribute>() is not null).Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        // Each changes what its own page shows, and nothing that is stored; what is picked on a document is typed into a field and saved by it, as from the keyboard, and a key does what a button of the page does.
        Assert.Equal(
            ["AddDocuments.Arrived", "AddDocuments.Broke", "AddDocuments.Finished", "AddDocuments.Follows", "AddDocuments.Offered", "AddDocuments.Sent", "DocumentPane.Failed", "DocumentPane.Picked", "DocumentPane.Shown", "NewImport.Arrived", "NewImport.Broke", "NewImport.Chosen", "NewImport.Sent", "ShortcutKeys.Pressed"],
            callable.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_is_small_enough_to_be_read()
    {
        var root = Root();
        Assert.SkipWhen(root is null, "The sources are not beside the tests.");
        var long_ = from folder in new[] { "DextSage.App", "DextSage.Integration" }
                    from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
                    where Path.GetExtension(file) is ".cs" or ".razor" && !file.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin" or "Migrations")
                    let lines = File.ReadLines(file).Count()
                    where lines > 300
                    select $"{Path.GetRelativePath(root, file)}: {lines}";
        Assert.Empty(long_);
    }

    [Fact]
    public void The_services_say_what_they_are()
    {
        var file = Path.ChangeExtension(Integration.Location, ".xml");
        Assert.True(File.Exists(file), file);
        var documented = XDocument.Load(file).Descendants("member").Where(m => m.Element("summary") is not null || m.Elements("param").Any()).Select(m => (string)m.Attribute("name")!).ToHashSet(StringComparer.Ordinal);
        // Plain data, enums and what is generated say it by their names.
        var silent = Integration.GetExportedTypes()
            .Where(t => t is { IsClass: true, IsNested: false } && t.Namespace?.StartsWith("DextSage.Integration.Storage.Migrations", StringComparison.Ordinal) is not true && RoomOf(t) is not null)
            .Where(t => t.GetMethod("<Clone>$") is null && t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(m => !m.IsSpecialName))
            .Select(t => $"T:{t.FullName}").Where(t => !documented.Contains(t));
        Assert.Empty(silent);
    }

    private static string? RoomOf(Type type) => type.Namespace switch
    {
        House => "",
        { } name when name.StartsWith(House + ".", StringComparison.Ordinal) => name.Split('.')[2],
        _ => null,
    };

    private static bool IsOf(Type type, string library) => type.Namespace is { } name && (name == library || name.StartsWith(library + ".", StringComparison.Ordinal));

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "DextSage.sln"))) return folder.FullName;
        return null;
    }
}
