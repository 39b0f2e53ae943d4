using System.Globalization;
using System.Text;

namespace DextSage.Tests.Intake.Structured;

/// <summary>A PDF of one page with a file within it, written by hand: PdfPig's builder embeds none.</summary>
internal static class FacturX
{
    /// <param name="page">The lines on its page.</param>
    public static byte[] Around(byte[] xml, string name = "factur-x.xml", params string[] page)
    {
        var text = $"BT /F1 10 Tf 14 TL 50 780 Td {string.Concat(page.Select(line => $"({line}) Tj T* "))}ET";
        var pdf = new MemoryStream();
        var places = new List<long>();
        Write("%PDF-1.7\n");
        Object($"<</Type/Catalog/Pages 2 0 R/AF[5 0 R]/Names<</EmbeddedFiles<</Names[({name})5 0 R]>>>>>>");
        Object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>");
        Object($"<</Length {text.Length.ToString(CultureInfo.InvariantCulture)}>>\nstream\n{text}\nendstream");
        Object($"<</Type/Filespec/F({name})/UF({name})/AFRelationship/Alternative/EF<</F 6 0 R>>>>");
        places.Add(pdf.Position);
        Write($"6 0 obj\n<</Type/EmbeddedFile/Subtype/text#2Fxml/Length {xml.Length.ToString(CultureInfo.InvariantCulture)}>>\nstream\n");
        pdf.Write(xml);
        Write("\nendstream\nendobj\n");
        var table = pdf.Position;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) Write($"{place.ToString("0000000000", CultureInfo.InvariantCulture)} 00000 n \n");
        Write($"trailer\n<</Size {places.Count + 1}/Root 1 0 R>>\nstartxref\n{table.ToString(CultureInfo.InvariantCulture)}\n%%EOF\n");
        return pdf.ToArray();

        void Object(string content)
        {
            places.Add(pdf.Position);
            Write($"{places.Count} 0 obj\n{content}\nendobj\n");
        }

        void Write(string text) => pdf.Write(Encoding.Latin1.GetBytes(text));
    }
}
