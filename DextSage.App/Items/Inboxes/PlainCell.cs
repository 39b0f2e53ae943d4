using System.Text.Encodings.Web;
using System.Text.Unicode;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Inboxes;

/// <summary>A cell that only says something, whole as one piece of markup: the server keeps that in place of an element, its attributes and its text, of each of which it keeps more.</summary>
internal static class PlainCell
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static MarkupString Of(InboxRow row, InboxColumn column)
    {
        var text = Encoder.Encode(CellText.Of(row, column) ?? "");
        return new($"<td class=\"{Css(column)}\"{(column.IsElastic() && text.Length > 0 ? $" title=\"{text}\"" : "")}>{text}</td>");
    }

    /// <param name="at">Null leaves the cell empty.</param>
    public static MarkupString Of(InboxColumn column, DateTimeOffset? at, TimeZoneInfo? zone, DateTimeOffset now) => new(at is { } known
        ? $"<td class=\"{Css(column)}\"><time title=\"{Encoder.Encode(Moments.Exact(known, zone))}\">{Encoder.Encode(Moments.Relative(known, now, zone))}</time></td>"
        : $"<td class=\"{Css(column)}\"></td>");

    public static string Css(InboxColumn column) => column.IsNumber() ? $"{column.Css()} number" : column.Css();
}
