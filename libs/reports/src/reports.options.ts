import { ConfigurableModuleBuilder } from '@nestjs/common';

/** What an application tells the module. */
export interface ReportsOptions {
  auth: {
    /** Key that signs the bearer tokens (HS256), at least 32 bytes. */
    secret: string;
  };
}

export const { ConfigurableModuleClass: ConfigurableReportsModule, MODULE_OPTIONS_TOKEN: REPORTS_OPTIONS } =
  new ConfigurableModuleBuilder<ReportsOptions>().setClassMethodName('forRoot').build();
