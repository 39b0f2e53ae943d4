using System.Runtime.InteropServices;
using System.Xml;

namespace DextSage.Integration.Intake.Structured;

internal enum XmlTrouble { None, NotXml, Damaged, HasDocumentType, TooMuch }

/// <summary>
/// The only place that reads a stranger's XML (ASVS 1.5.1). Document types are refused, so there are no entities to unfold and nothing to
/// fetch; what is left is bounded in characters, elements and depth. Nothing here calls itself, so no depth ends the stack.
/// </summary>
internal static class XmlDoor
{
    /// <summary>Elements and attributes together: two hundred lines are ten thousand.</summary>
    public const int MostNodes = 200_000;

    public const int Deepest = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 8 * 1024 * 1024, MaxCharactersFromEntities = 1024,
        IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
    };

    /// <summary>Whether it begins as XML does, in UTF-8 or UTF-16. Whether it is XML only <see cref="Open"/> tells.</summary>
    public static bool LooksLikeXml(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF, 0, (byte)'<']) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, (byte)'<', 0])) return true;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) file = file[3..];
        return file.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }

    /// <summary>Whether it calls itself XML: pages of the web and pictures begin with an element too.</summary>
    public static bool SaysSo(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, 64)];
        return head.IndexOf("<?xml"u8) >= 0 || head.IndexOf((ReadOnlySpan<byte>)[(byte)'<', 0, (byte)'?', 0, (byte)'x', 0]) >= 0 || head.IndexOf((ReadOnlySpan<byte>)[0, (byte)'<', 0, (byte)'?', 0, (byte)'x']) >= 0;
    }

    /// <summary>The root of a well-formed document, or why there is none. With <see cref="XmlTrouble.Damaged"/> comes the root as far as it was read.</summary>
    public static (XmlTag? Root, XmlTrouble Trouble) Open(ReadOnlyMemory<byte> file)
    {
        XmlTag? root = null;
        try
        {
            var bytes = MemoryMarshal.TryGetArray(file, out var whole) ? whole : new ArraySegment<byte>(file.ToArray());
            using var reader = XmlReader.Create(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Settings);
            return Build(reader, ref root) ? (root, XmlTrouble.None) : (null, XmlTrouble.TooMuch);
        }
        catch (XmlException)
        {
            if (root is not null) return (root, XmlTrouble.Damaged);
            return (null, file.Span[..Math.Min(file.Length, 4096)].IndexOf("<!DOCTYPE"u8) >= 0 ? XmlTrouble.HasDocumentType : XmlTrouble.NotXml);
        }
    }

    private static bool Build(XmlReader reader, ref XmlTag? root)
    {
        var open = new Stack<XmlTag>();
        var nodes = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    nodes += 1 + reader.AttributeCount;
                    if (nodes > MostNodes || open.Count >= Deepest) return false;
                    var tag = new XmlTag(reader.LocalName, reader.NamespaceURI);
                    if (open.TryPeek(out var parent)) parent.Add(tag);
                    else root = tag;
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute()) tag.Add(reader.LocalName, reader.Value);
                    if (!isEmpty) open.Push(tag);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    if (open.TryPeek(out var speaker)) speaker.Write(reader.Value);
                    break;
            }
        }

        return true;
    }
}
