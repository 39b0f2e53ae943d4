using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DextSage.App.Hosting;

/// <summary>Data Protection's keys as files that only their owner may read, whatever the folder around them allows.</summary>
internal sealed class KeyFiles(DataFolder data) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Directory.EnumerateFiles(data.Keys, "*.xml").Order(StringComparer.Ordinal).Select(file => XElement.Load(file))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var file = Path.Combine(data.Keys, $"{friendlyName}.xml");
        var unfinished = $"{file}.{Guid.NewGuid():N}.new";
        using (var stream = new FileStream(unfinished, OwnersFile())) element.Save(stream);
        File.Move(unfinished, file);
    }

    private static FileStreamOptions OwnersFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
