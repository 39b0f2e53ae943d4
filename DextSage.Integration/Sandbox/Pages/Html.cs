using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace DextSage.Integration.Sandbox;

/// <summary>Markup that is safe as it stands. <see cref="Of"/> takes an interpolated string and encodes everything put into it.</summary>
internal readonly record struct Html(string Markup)
{
    public static readonly Html None = new("");

    public static Html Of(ref HtmlBuilder builder) => new(builder.ToString());
}

/// <summary>Builds <see cref="Html"/>: what the programmer wrote stays, what came from elsewhere is encoded.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlBuilder(int literalLength, int holes)
{
    private readonly StringBuilder text = new(literalLength + holes * 24);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(string? value) => text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html markup) => text.Append(markup.Markup);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts) text.Append(part.Markup);
    }

    public override string ToString() => text.ToString();
}
