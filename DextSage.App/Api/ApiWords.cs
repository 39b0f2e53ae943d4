using System.ComponentModel;
using System.Globalization;
using DextSage.App.Shared;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;

namespace DextSage.App.Api;

/// <summary>What became of a file.</summary>
internal sealed record ApiDelivery(
    [property: Description("The file's name, made harmless.")] string FileName,
    [property: Description("Ids of the items that it made: one for a paper, many for a Dext export, none where all of them were here already.")] IReadOnlyList<string> Items,
    [property: Description("Where each of them is told, in the same order.")] IReadOnlyList<string> Links,
    [property: Description("What else there is to know, a sentence each: that the same file is here already, for example.")] IReadOnlyList<string> Notes)
{
    public static ApiDelivery Of(ArrivalReport report) => new(report.FileName, report.Codes, [.. report.Codes.Select(Urls.ApiItem)], report.Notes);
}

/// <summary>An item as it stands.</summary>
internal sealed record ApiItem(
    string Id,
    [property: Description("costs or sales.")] string Type,
    [property: Description("processing, toreview, ready, publishing or published.")] string Status,
    [property: Description("Where it lies: inbox, archive, bin, or aside for what went into another item.")] string Place,
    string? FileName,
    [property: Description("The owner's e-mail address.")] string? Owner,
    string? Supplier, string? Customer, string? Reference, DateOnly? Date, string? Currency,
    [property: Description("Tax included, with two decimals, as text: 120.00.")] string? Total,
    [property: Description("The tax within the total.")] string? Tax,
    [property: Description("It looks like another item, and waits for somebody to say whether it is the same.")] bool IsDuplicate,
    [property: Description("Why publishing failed, as a sentence.")] string? Problem,
    [property: Description("The number that Sage shows, once it is published.")] string? Number,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ApiItem Of(ApiItemView item) => new(
        item.Id, item.Workspace.InUrl(), item.Status.InUrl(), item.Place.InUrl(), item.FileName, item.Owner, item.Supplier, item.Customer, item.Reference, item.Date, item.Currency,
        Amount(item.Total), Amount(item.Tax), item.IsDuplicate, item.Problem, item.Number, item.CreatedAt, item.UpdatedAt);

    private static string? Amount(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>A page of items, newest first.</summary>
internal sealed record ApiItemList(
    IReadOnlyList<ApiItem> Items,
    [property: Description("The address of the next page; null on the last one.")] string? Next);
