using DextSage.App.Hosting;

return await DextSageHost.RunAsync(args);
