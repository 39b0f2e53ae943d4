using System.Globalization;
using DextSage.App.Shared;
using DextSage.Integration.Csv;
using DextSage.Integration.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace DextSage.App.Lists;

/// <summary>A list from a file: choose it, say which column is what, see what would become of each line, and import.</summary>
public sealed partial class ListImportPage
{
    private ListPlace place = null!;
    private IReadOnlyList<string> headings = [];
    private bool? isOpen;
    private CsvTable? table;
    private ImportMapping mapping = new(null, null, null, null);
    private ImportReport? preview;
    private ImportReport? done;
    private string? problem;
    private string? fileName;
    private bool isImporting;

    [Inject] private OwnEntries Own { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        if (ListPlace.At(Business.Slug, new Uri(Navigation.Uri).AbsolutePath) is not { } found) return;
        place = found;
        headings = ImportMapping.Headings(place.List);
        await base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync() => isOpen = await Own.AreOpenAsync(Business.Caller, Gone);

    private async Task ReadFileAsync(InputFileChangeEventArgs change)
    {
        (table, preview, done, problem, fileName) = (null, null, null, null, change.File.Name);
        if (change.File.Size > CsvTable.LargestFile)
        {
            problem = "The file is larger than 1 MB. Split it, and import the parts one after the other.";
            return;
        }
        using var content = new MemoryStream();
        await using (var file = change.File.OpenReadStream(CsvTable.LargestFile, Gone)) await file.CopyToAsync(content, Gone);
        table = CsvTable.Read(content.ToArray(), out problem);
        if (table is null) return;
        mapping = ImportMapping.Guess(place.List, table.Headings);
        await PreviewAsync();
    }

    /// <summary>", and if you like Category code" after the column that must be there.</summary>
    private string Optional => headings.Count == 1 ? "" : $", and if you like {string.Join(", ", headings.Skip(1).SkipLast(1))}{(headings.Count > 2 ? " and " : "")}{headings[^1]}";

    private int? Column(int heading) => heading switch { 0 => mapping.Name, 1 => mapping.Code, 2 => mapping.Currency, _ => mapping.Category };

    private Task ChooseAsync(int heading, object? value)
    {
        int? column = int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : null;
        mapping = heading switch
        {
            0 => mapping with { Name = column },
            1 => mapping with { Code = column },
            2 => mapping with { Currency = column },
            _ => mapping with { Category = column },
        };
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var report = await Own.PreviewAsync(Business.Caller, place.List, table!, mapping, Gone);
        (preview, problem) = (report.Problem is null ? report : null, report.Problem);
    }

    private async Task ImportAsync()
    {
        isImporting = true;
        var report = await Own.ImportAsync(Business.Caller, place.List, table!, mapping, Gone);
        isImporting = false;
        problem = report.Problem;
        preview = done = problem is null ? report : null;
    }
}
