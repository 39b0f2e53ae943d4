namespace DextSage.App.Shared;

public sealed partial class Failure
{
    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Reference}: the page {Path} failed for person {PersonId} in business {BusinessId}")]
        public static partial void Failed(ILogger logger, string reference, string path, Guid? personId, Guid? businessId, Exception exception);
    }
}
